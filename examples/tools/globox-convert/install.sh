#!/bin/sh
# Installs globox where run.sh looks for it. Where PyPI cannot be reached the example is skipped: `conform` then says that the tool could not be started.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/globox"
python3 -m venv "$home"
"$home/bin/pip" install --quiet globox==2.9.0
