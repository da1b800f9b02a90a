"""Runs a command on a terminal of its own: argv is a JSON list of [text to wait for, text to type], then the command.

Prints a JSON object: the exit code, and everything that stood on the terminal.
"""
import json
import os
import pty
import select
import sys
import time

steps, command = json.loads(sys.argv[1]), sys.argv[2:]
pid, terminal = pty.fork()
if pid == 0:
    os.execvp(command[0], command)

shown, seen, deadline = b"", 0, time.monotonic() + 60
while time.monotonic() < deadline:
    if steps:
        wanted, typed = (text.encode() for text in steps[0])
        at = shown.find(wanted, seen)
        if at >= 0:
            seen = at + len(wanted)
            steps.pop(0)
            os.write(terminal, typed)
            continue
    if not select.select([terminal], [], [], 1)[0]:
        continue
    try:
        more = os.read(terminal, 4096)
    except OSError:  # Linux says so when the command is gone.
        break
    if not more:
        break
    shown += more
_, status = os.waitpid(pid, os.WNOHANG if time.monotonic() >= deadline else 0)
print(json.dumps({"code": os.waitstatus_to_exitcode(status), "shown": shown.decode(errors="replace")}))
