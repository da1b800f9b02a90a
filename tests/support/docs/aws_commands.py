"""Reads calls of the AWS CLI from standard input (a list of lists of arguments, as JSON) and prints what is wrong with
each: services, operations, parameters, their values and --query are held against the models that botocore carries, from
which the AWS CLI makes its commands. Commands that the AWS CLI writes by hand are listed here."""

import json
import re
import sys

import botocore.session
import jmespath
from botocore import xform_name

session = botocore.session.get_session()
loader = session.get_component("data_loader")
models = {}

# https://docs.aws.amazon.com/cli/latest/reference/#options
EVERYWHERE = {"debug": 0, "no-verify-ssl": 0, "no-paginate": 0, "no-cli-pager": 0, "no-sign-request": 0, "endpoint-url": 1}
EVERYWHERE |= {"output": 1, "query": 1, "profile": 1, "region": 1, "color": 1, "cli-read-timeout": 1}
PAGES = {"max-items", "page-size", "starting-token"}
# The pages of the AWS CLI reference: cloudformation/deploy, ecr/get-login-password, s3/cp, s3/rb, logs/tail.
BY_HAND = {
    ("ecr", "get-login-password"): set(),
    ("cloudformation", "deploy"): {
        "template-file", "stack-name", "s3-bucket", "force-upload", "s3-prefix", "kms-key-id", "parameter-overrides",
        "capabilities", "no-execute-changeset", "disable-rollback", "role-arn", "notification-arns",
        "no-fail-on-empty-changeset", "fail-on-empty-changeset", "tags", "use-json",
    },
    ("s3", "cp"): {"tagging", "recursive", "exclude", "include", "sse", "acl", "content-type", "metadata", "quiet"},
    ("s3", "rb"): {"force"},
    ("logs", "tail"): {"since", "follow", "format", "filter-pattern", "log-stream-names", "log-stream-name-prefix"},
}  # fmt: skip


# Names of the AWS CLI for services whose commands are called like the operations.
ALIASES = {"s3api": "s3"}


def model_of(service):
    if service not in models:
        models[service] = session.get_service_model(service)
    return models[service]


def options_of(args):
    """The options after the command, each with its values, and what stands there without an option."""
    options, loose, current = {}, [], None
    for arg in args:
        if arg.startswith("--"):
            current = arg[2:]
            options[current] = []
        elif current is not None and not (EVERYWHERE.get(current) == 0):
            options[current].append(arg)
        else:
            loose.append(arg)
    return options, loose


def problems_of(args):
    if len(args) < 2:
        return ["no operation"]
    service, operation, *rest = args
    options, loose = options_of(rest)
    own = {name: values for name, values in options.items() if name not in EVERYWHERE}
    if (service, operation) in BY_HAND:
        return [f"--{name} does not exist" for name in own if name not in BY_HAND[service, operation]]
    service = ALIASES.get(service, "" if service in ALIASES.values() else service)
    if service not in session.get_available_services():
        return [f"no service {service}"]
    model = model_of(service)
    if operation == "wait":
        waiters = loader.load_service_model(service, "waiters-2")["waiters"]
        found = {xform_name(name, "-"): each for name, each in waiters.items()}
        if not loose or loose[0] not in found:
            return [f"no waiter {loose}"]
        return judge(model.operation_model(found[loose[0]]["operation"]), own, options)
    names = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in names:
        return [f"no operation {service} {operation}"]
    return [f"{word} belongs to no option" for word in loose] + judge(
        model.operation_model(names[operation]), own, options
    )


def judge(operation, own, options):
    shape = operation.input_shape
    members = {xform_name(name, "-"): (name, each) for name, each in (shape.members if shape else {}).items()}
    found = []
    for name, values in own.items():
        if name in PAGES:
            continue
        positive = name[3:] if name.startswith("no-") and name[3:] in members else name
        if positive not in members:
            found.append(f"--{name} does not exist")
            continue
        found += [f"--{name}: {each}" for each in value_problems(members[positive][1], values)]
    required = {xform_name(name, "-") for name in (shape.required_members if shape else [])}
    found += [f"--{name} is missing" for name in sorted(required - set(own))]
    if "query" in options:
        found += query_problems(options["query"][0], operation.output_shape)
    return found


def value_problems(shape, values):
    """Whether the words after an option fit its type: numbers, values of a list of names, keys of a map in shorthand."""
    if shape.type_name == "boolean":
        return [] if not values else ["takes no value"]
    if not values:
        return ["has no value"]
    if any(value.startswith(("file://", "fileb://")) for value in values):
        return []
    if shape.type_name == "list":
        return [problem for value in values for problem in value_problems(shape.member, [value])]
    if len(values) > 1:
        return [f"takes one value, not {values}"]
    value = values[0]
    if shape.type_name == "structure":
        if value.startswith(("{", "[")):
            keys = json.loads(value).keys()
        else:
            keys = re.findall(r"(?:^|,)([A-Za-z]\w*)=", value)
        unknown = [key for key in keys if key not in shape.members]
        missing = [key for key in shape.required_members if key not in keys]
        return [f"no member {key}" for key in unknown] + [f"member {key} is missing" for key in missing]
    if shape.type_name in ("integer", "long") and not value.isdigit():
        return [f"{value} is no number"]
    allowed = getattr(shape, "enum", [])
    if allowed and value not in allowed:
        return [f"{value} is none of {', '.join(allowed[:8])}"]
    return []


def query_problems(query, shape):
    try:
        tree = jmespath.compile(query).parsed
    except jmespath.exceptions.ParseError as error:
        return [f"--query: {error}"]
    found = []
    walk(tree, shape, found)
    return found


def walk(node, shape, found):
    """Goes down an expression beside the shape of the answer, and gives the shape of its result if that is known."""
    kind, children = node["type"], node["children"]
    if kind == "field":
        if shape is None:
            return None
        if shape.type_name != "structure" or node["value"] not in shape.members:
            found.append(f"--query: no field {node['value']} in {shape.name}")
            return None
        return shape.members[node["value"]]
    if kind in ("subexpression", "pipe", "index_expression"):
        for child in children:
            shape = walk(child, shape, found)
        return shape
    if kind in ("index", "slice"):
        listed = shape is not None and shape.type_name == "list"
        if shape is not None and not listed:
            found.append(f"--query: {shape.name} is no list")
        return (shape.member if kind == "index" else shape) if listed else None
    if kind in ("projection", "filter_projection", "flatten"):
        inner = walk(children[0], shape, found)
        member = inner.member if inner is not None and inner.type_name == "list" else None
        if kind == "flatten":
            return inner
        if kind == "filter_projection":
            walk(children[2], member, found)
        walk(children[1], member, found)
        return None
    if kind == "current":
        return None
    if kind in ("multi_select_list", "comparator", "and_expression", "or_expression", "function_expression"):
        results = [walk(child, shape, found) for child in children]
        return results[0] if kind == "function_expression" and node["value"] in ("reverse", "sort_by") else None
    if kind in ("identity", "literal", "expref"):
        return shape if kind == "identity" else None
    if kind in ("multi_select_dict", "key_val_pair", "not_expression", "value_projection"):
        for child in children:
            walk(child, shape, found)
        return None
    found.append(f"--query: {kind} is not understood")
    return None


print(json.dumps([problems_of(args) for args in json.load(sys.stdin)]))
