#!/bin/sh
# Installs labelformat where run.sh looks for it. Where PyPI cannot be reached the example is skipped: `conform` then says that the tool could not be started.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/labelformat"
python3 -m venv "$home"
"$home/bin/pip" install --quiet labelformat==0.1.17
