"""Runs commands of the SAM CLI, each in a fork of this process: to load the CLI and cfn-lint takes longer than
most do. It is made quicker in nothing but what it does again and again.

One JSON object per line on standard input: {"args", "cwd", "env"}. One per line on standard output: {"code", "output"}.
"""

import gc
import json
import os
import sys
import tempfile
import traceback
from functools import cache

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import quicker_yaml  # noqa: E402, F401, I001
import samcli.commands.deploy.command  # noqa: E402
import samcli.commands.deploy.deploy_context  # noqa: E402
import samcli.commands.package.command  # noqa: E402
import samcli.commands.package.package_context  # noqa: E402
import samcli.commands.validate.validate  # noqa: E402, F401
from samcli.cli.main import cli  # noqa: E402
from samtranslator.policy_template_processor.processor import PolicyTemplatesProcessor  # noqa: E402


def keep_what_is_loaded():
    """A child that searched it for garbage would copy all of its memory."""
    gc.collect()
    gc.freeze()


@cache
def load_cfn_lint():
    """Only when it is asked for: it takes some seconds."""
    import cfnlint.api  # noqa: F401
    from cfnlint.core import get_rules

    get_rules([], [], [])
    keep_what_is_loaded()


# SAM CLI holds its own policy templates against their schema for each template that it looks at.
PolicyTemplatesProcessor._is_valid_templates_dict(PolicyTemplatesProcessor.get_default_policy_templates_json())
PolicyTemplatesProcessor._is_valid_templates_dict = staticmethod(lambda templates, schema=None: True)
keep_what_is_loaded()


def run(args, cwd, env, output):
    os.dup2(output.fileno(), 1)
    os.dup2(output.fileno(), 2)
    code = 1
    try:
        os.chdir(cwd)
        os.environ.update(env)
        cli(args, prog_name="sam")
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


for line in sys.stdin:
    request = json.loads(line)
    if "--lint" in request["args"]:
        load_cfn_lint()
    with tempfile.TemporaryFile() as output:
        child = os.fork()
        if child == 0:
            run(request["args"], request["cwd"], request["env"], output)
        _, status = os.waitpid(child, 0)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    answers.write(json.dumps({"code": os.waitstatus_to_exitcode(status), "output": text}) + "\n")
    answers.flush()
