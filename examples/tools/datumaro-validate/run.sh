#!/bin/sh
exec "${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/datumaro/bin/python" "$@"
