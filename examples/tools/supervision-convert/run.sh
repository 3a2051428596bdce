#!/bin/sh
exec "${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/supervision/bin/python" "$@"
