"""What CloudFormation does in nested stacks and ministack does only at the top: transforms are applied, an unchanged
resource keeps its attributes in an update, and a child that could not be made is rolled back.
"""

from ministack.services import cloudformation
from ministack.services.cloudformation import engine, provisioners


def register():
    parse = engine._parse_template

    def parse_and_transform(body):
        template = engine._apply_transforms(parse(body))
        if isinstance(template, engine._TransformFailed):
            raise ValueError(f"transform failed: {template}")
        return template

    # Only the deployment of a nested stack looks this name up at call time.
    engine._parse_template = parse_and_transform

    update_resource = provisioners._update_resource

    def update(type, physical_id, old, new, stack_name, logical_id=None, old_attrs=None):
        if old_attrs is None:
            resources = (cloudformation._stacks.get(stack_name) or {}).get("_resources", {})
            old_attrs = resources.get(logical_id, {}).get("Attributes")
        return update_resource(type, physical_id, old, new, stack_name, logical_id, old_attrs)

    provisioners._update_resource = update

    handlers = provisioners._RESOURCE_HANDLERS["AWS::CloudFormation::Stack"]
    create = handlers["create"]

    def create_or_roll_back(logical_id, props, stack_name):
        try:
            return create(logical_id, props, stack_name)
        except Exception:
            for name, stack in list(cloudformation._stacks.items()):
                if stack.get("_parent_stack_name") == stack_name and stack["StackStatus"] == "CREATE_FAILED":
                    reason = stack["StackStatusReason"]
                    handlers["delete"](name, props)
                    print(f"portcullis plug-in: rolled back {name}: {reason}", flush=True)
            raise

    handlers["create"] = create_or_roll_back
