"""Programs of tasks: for a container whose image has one (PORTCULLIS_PROGRAMS, a JSON file: image -> command line), a
process runs with the command and the variables of the task definition, as long as the task does. As ECS does it: what
must end with 0 before others goes first, and the task stops when an essential container ends. As Step Functions does it:
a container that ends with another code fails the state, and the cause is the description of the task.
"""

import json
import os
import subprocess
import threading

import jsonpath_ng.ext
from ministack.core.responses import get_account_id, get_region, request_scope
from ministack.services import ecs, stepfunctions

_running = {}  # task ARN -> {container name: process}


def command_of(container):
    with open(os.environ["PORTCULLIS_PROGRAMS"], encoding="utf8") as file:
        command = json.load(file).get(container["image"])
    return None if command is None else [*command, *container.get("command", [])]


def variables_of(container, region):
    return {"PATH": os.environ["PATH"], "AWS_REGION": region,
            "AWS_ENDPOINT_URL": f"http://127.0.0.1:{os.environ['GATEWAY_PORT']}",
            **{each["name"]: each["value"] for each in container.get("environment", [])}}


def code_of(process):
    """A signal as a shell tells it."""
    code = process.wait()
    return code if code >= 0 else 128 - code


def run(task, containers, account, region):
    """Starts them in their order, and stops the task when an essential one has ended."""
    processes = _running[task["taskArn"]]
    recorded = {each["name"]: each for each in task["containers"]}

    def ended(container):
        recorded[container["name"]]["exitCode"] = code_of(processes[container["name"]])
        if container.get("essential", True):
            with request_scope(account, region):
                stop(task, "Essential container in task exited", "EssentialContainerExited")

    for container in sorted(containers, key=lambda each: len(each.get("dependsOn", []))):
        # ministack keeps these as the template writes them.
        for first in container.get("dependsOn", []):
            if first["Condition"] == "SUCCESS" and code_of(processes[first["ContainerName"]]) != 0:
                with request_scope(account, region):
                    return stop(task, f"{first['ContainerName']} did not succeed", "EssentialContainerExited")
        processes[container["name"]] = subprocess.Popen(command_of(container), env=variables_of(container, region))
        threading.Thread(target=ended, args=[container], daemon=True).start()


def stop(task, reason, code):
    for name, process in _running.pop(task["taskArn"], {}).items():
        if process.poll() is None:
            process.terminate()
        next(each for each in task["containers"] if each["name"] == name)["exitCode"] = code_of(process)
    ecs._mark_task_stopped(task["taskArn"], task, reason, code)


def pascal_case(value):
    if isinstance(value, list):
        return [pascal_case(each) for each in value]
    if isinstance(value, dict):
        return {key[0].upper() + key[1:]: pascal_case(each) for key, each in value.items()}
    return value


def register():
    run_task, clean_up, run_job = ecs._run_task, ecs._cleanup_task_resources, stepfunctions._invoke_ecs_run_task
    resolve = stepfunctions._resolve_path

    def with_programs(data):
        response = run_task(data)
        for described in json.loads(response[2]).get("tasks", []):
            task = ecs._tasks[described["taskArn"]]
            containers = ecs._task_defs[task["taskDefinitionArn"].rsplit("/", 1)[1]]["containerDefinitions"]
            if all(command_of(each) for each in containers):
                _running[task["taskArn"]] = {}
                threading.Thread(target=run, args=(task, containers, get_account_id(), get_region()), daemon=True).start()
        return response

    def until_stopped(task, *rest):
        stop(task, task.get("stoppedReason"), task.get("stopCode"))
        return clean_up(task, *rest)

    def judged(resource, input_data):
        result = run_job(resource, input_data)
        if not resource.endswith(".sync"):
            return result
        task = pascal_case(result["tasks"][0])
        if any(each.get("ExitCode") != 0 for each in task["Containers"]):
            raise stepfunctions._ExecutionError("States.TaskFailed", json.dumps(task))
        return task

    ecs._run_task = with_programs
    ecs._cleanup_task_resources = until_stopped
    stepfunctions._SERVICE_DISPATCH["arn:aws:states:::ecs:runTask"] = judged
    # ministack knows no filters.
    stepfunctions._resolve_path = lambda path, data: (
        [match.value for match in jsonpath_ng.ext.parse(path).find(data)] if "[?" in path else resolve(path, data))
