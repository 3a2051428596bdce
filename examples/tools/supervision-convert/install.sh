#!/bin/sh
# Installs supervision where run.sh looks for it. Where PyPI cannot be reached the example is skipped: `conform` then says that the tool could not be started.
set -e
home="${TOUCHSTONE_TOOLS:-$HOME/.cache/touchstone-tools}/supervision"
python3 -m venv "$home"
"$home/bin/pip" install --quiet supervision==0.31.2 opencv-python-headless==5.0.0.93
