"""Keeps cfn-lint and the SAM translator loaded: loading takes seconds, a template a fraction of one.

One JSON object per line on standard input: {"id", "kind": "cfn-lint" | "sam-translate", "path", "regions"?, "plain"?}, or
{"id", "kind": "sam-template", "template"} for a template that is no file, {"id", "kind": "sam-policies"} for the
translator's policy templates, or {"id", "kind": "sam-properties"} for the properties that it takes.
One per line on standard output: {"id", "matches"} or {"id", "template"} or {"id", "error"}.
"""

import gc
import inspect
import json
import os
import sys
from contextlib import nullcontext
from functools import cache

answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)  # whatever a library prints must not mix with the answers

import samtranslator  # noqa: E402
from samtranslator.model import sam_resources  # noqa: E402
from samtranslator.model.eventsources import cloudwatchlogs, pull, push, scheduler  # noqa: E402
from samtranslator.model.stepfunctions import events as state_machine_events  # noqa: E402
from samtranslator.plugins.globals.globals import Globals  # noqa: E402
from samtranslator.public.exceptions import InvalidDocumentException  # noqa: E402
from samtranslator.translator.transform import transform  # noqa: E402
from samtranslator.yaml_helper import yaml_parse  # noqa: E402


def load_cfn_lint():
    """Only when the first template is to be linted: it takes some seconds."""
    from cfnlint.config import ConfigMixIn
    from cfnlint.decode import decode
    from cfnlint.rules import Rules
    from cfnlint.runner.template.runner import _run_template
    from quicker_cfn_lint import quicker

    rules = Rules()
    for module in ConfigMixIn([]).append_rules:
        rules.update(Rules.create_from_directory(module) if os.path.isdir(module) else Rules.create_from_module(module))
    as_it_was = quicker(rules)

    def find(path, regions):
        template, unreadable = decode(path)
        if unreadable:
            return unreadable
        config = ConfigMixIn(["--template", path], regions=regions, include_checks=["I"])
        found = list(_run_template(path, template, config, rules))
        return sorted(found, key=lambda match: (match.linenumber, match.rule.id))

    def lint(path, regions, plain=False):
        with as_it_was() if plain else nullcontext():
            return [to_json(match) for match in find(path, regions)]

    lint(os.path.join(os.path.dirname(__file__), "../../examples/minimal/templates/standalone.yaml"), ["eu-west-1"])
    # What is loaded by now stays; not to search it for garbage again and again makes cfn-lint a fifth faster.
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 50)
    return lint


cfn_lint = cache(load_cfn_lint)


def to_json(match):
    return {
        "rule": match.rule.id,
        "severity": match.rule.severity,
        "message": match.message,
        "line": match.linenumber,
        "column": match.columnnumber,
        "path": [str(part) for part in getattr(match, "path", None) or []],
    }


class NoManagedPolicies:
    def load(self):
        return {}


def with_packaged_code(template):
    """`sam package` would upload the code; here its local path stands in as the key of the bucket `local`."""
    for resource in template.get("Resources", {}).values():
        properties = resource.get("Properties", {})
        code = properties.get("CodeUri")
        is_local = isinstance(code, str) and not code.startswith("s3://")
        if resource.get("Type") == "AWS::Serverless::Function" and is_local:
            properties["CodeUri"] = {"Bucket": "local", "Key": code}
    return template


def translate(path):
    with open(path, encoding="utf-8") as file:
        return transform(with_packaged_code(yaml_parse(file)), {}, NoManagedPolicies())


def policy_templates():
    path = os.path.join(os.path.dirname(samtranslator.__file__), "policy_templates_data", "policy_templates.json")
    with open(path, encoding="utf-8") as file:
        return json.load(file)["Templates"]


KINDS = {"dict": "map", "str": "text", "int": "number", "float": "number", "bool": "boolean", "list": "list"}


def kinds_of(validate):
    """What a validator of samtranslator.model.types takes, as far as kinds of values go."""
    name = validate.__qualname__.split(".")[0]
    cells = [cell.cell_contents for cell in validate.__closure__ or []]
    if name == "is_type":
        return {KINDS[cells[0].__name__]}
    if name == "one_of":
        return set().union(*(kinds_of(each) for each in cells[0]))
    if name in ("list_of", "dict_of"):
        inner = "/".join(sorted(kinds_of(cells[0])))
        return {("list" if name == "list_of" else "map") + ("" if inner == "any" else f"({inner})")}
    return {"any_type": {"any"}, "IS_STR_ENUM": {"text"}}[name]


def properties_of(model):
    return {
        name: ("!" if each.required else "") + "|".join(sorted(kinds_of(each.validate) if each.validate else {"any"}))
        for name, each in model.property_types.items()
    }


def models_in(module, is_wanted):
    models = (each for _, each in sorted(inspect.getmembers(module, inspect.isclass)))
    return {
        each.resource_type: properties_of(each)
        for each in models
        if isinstance(getattr(each, "resource_type", None), str)
        and each.resource_type
        and is_wanted(each.resource_type)
        and getattr(each, "property_types", None)
    }


def sam_properties():
    def is_event(name):
        return "::" not in name

    def is_sam(name):
        return name.startswith("AWS::Serverless::")

    events = {}
    for module in (cloudwatchlogs, pull, push, scheduler):
        events.update(models_in(module, is_event))
    return {
        "resources": models_in(sam_resources, is_sam),
        "events": events,
        "machineEvents": {**models_in(state_machine_events, is_event), "ScheduleV2": events["ScheduleV2"]},
        "globals": {name.split("::")[-1]: sorted(keys) for name, keys in Globals.supported_properties.items()},
    }


def answer(request):
    if request["kind"] == "cfn-lint":
        regions = request.get("regions") or ["eu-west-1"]
        return {"matches": cfn_lint()(request["path"], regions, request.get("plain", False))}
    if request["kind"] == "sam-translate":
        return {"template": translate(request["path"])}
    if request["kind"] == "sam-template":
        return {"template": transform(with_packaged_code(request["template"]), {}, NoManagedPolicies())}
    if request["kind"] == "sam-policies":
        return {"template": policy_templates()}
    if request["kind"] == "sam-properties":
        return {"template": sam_properties()}
    return {"error": f"unknown kind {request['kind']}"}


def serve():
    for line in sys.stdin:
        request = json.loads(line)
        try:
            result = answer(request)
        except InvalidDocumentException as problem:
            result = {"error": "; ".join(cause.message for cause in problem.causes) or problem.message}
        except Exception as problem:
            result = {"error": f"{type(problem).__name__}: {problem}"}
        answers.write(json.dumps({"id": request["id"], **result}) + "\n")
        answers.flush()


serve()
