# What CI does, piece by piece; .ci/run does all of it. `sh ./try` comes first: it makes .venv.
.PHONY: dev tests lint types layers subjects judges coverage ci
dev:      ; .venv/bin/pip install -q -e '.[dev]'
tests:    ; .venv/bin/pytest -n auto
lint:     ; .venv/bin/ruff check . && .venv/bin/ruff format --check .
types:    ; .venv/bin/mypy
layers:   ; PYTHONPATH=src .venv/bin/lint-imports
subjects: ; python3 .ci/subjects.py
judges:   ; .ci/judges
coverage: ; .ci/coverage
ci:       ; .ci/run
