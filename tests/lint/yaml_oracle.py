"""Reads YAML as cfn-lint does, by PyYAML on libyaml, and as PyYAML does by itself, without libyaml.

One JSON object per line on standard input: {"id", "texts", "pure"}. One per line on standard output: {"id", "answers"},
an answer for each text: {"quick", "pure"?}, each a tree or {"error"}. In a tree a scalar is {"type", "text"}, a list
{"list": [...]}, a map {"map": [[key, value], ...]}.

It reads as cfn-lint's loader (cfnlint.decode.cfn_yaml), whose constructors are used, but for these deviations:
dates are text, as in the AWS CLI and in SAM; `=` and `<<` as values are text; `!GetAtt a.b` stays one text,
and `!GetAtt {}` is a map.
"""

import json
import os
import sys

answers_out = os.fdopen(os.dup(1), "w", encoding="utf-8")
os.dup2(2, 1)

import yaml  # noqa: E402
from cfnlint.decode.cfn_yaml import CfnFullLoader, NodeConstructor, multi_constructor  # noqa: E402


def as_text(loader, node):
    return loader.construct_scalar(node)


def functions(loader, suffix, node):
    if suffix == "GetAtt" and isinstance(node, yaml.ScalarNode):
        return {"Fn::GetAtt": loader.construct_scalar(node)}
    if suffix == "GetAtt" and isinstance(node, yaml.MappingNode):
        return {"Fn::GetAtt": loader.construct_mapping(node, True)}
    return multi_constructor(loader, suffix, node)


class Quick(CfnFullLoader):
    pass


class Pure(yaml.SafeLoader, NodeConstructor):
    def __init__(self, stream, filename):
        yaml.SafeLoader.__init__(self, stream)
        self.filename = filename


Pure.yaml_constructors = NodeConstructor.yaml_constructors.copy()
for loader in (Quick, Pure):
    loader.add_multi_constructor("!", functions)
    for tag in ("timestamp", "value", "merge"):
        loader.add_constructor(f"tag:yaml.org,2002:{tag}", as_text)


def scalar(kind, text):
    return {"type": kind, "text": text}


def tree(value):
    if value is None:
        return scalar("null", "")
    if isinstance(value, bool):
        return scalar("bool", str(value).lower())
    if isinstance(value, (int, float)):
        return scalar("number", str(value))
    if isinstance(value, str):
        return scalar("string", str(value))
    if isinstance(value, list):
        return {"list": [tree(item) for item in value]}
    if isinstance(value, dict):
        return {"map": [[tree(key)["text"], tree(item)] for key, item in value.items()]}
    raise ValueError(f"a value of type {type(value).__name__}")


def read(loader_class, text):
    try:
        loader = loader_class(text, None)
        return tree(loader.get_single_data())
    except Exception as problem:
        return {"error": f"{type(problem).__name__}: {problem}"[:300]}


for line in sys.stdin:
    request = json.loads(line)
    loaders = {"quick": Quick, "pure": Pure} if request["pure"] else {"quick": Quick}
    found = [{name: read(loader, text) for name, loader in loaders.items()} for text in request["texts"]]
    answers_out.write(json.dumps({"id": request["id"], "answers": found}) + "\n")
    answers_out.flush()
