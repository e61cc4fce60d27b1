"""What the Python peers of `npm run bench` share: the lines of JSON that worker.mjs describes."""

import json
import math
import os
import sys
import time


def serve(imported):
    """Introduces this process and does its jobs until there are no more.

    `imported()` imports the package and gives an object with a method per task and a dictionary of versions. A method
    takes the texts that its job names, and returns a function for its values, so that reading them is not timed.
    """
    answers = os.fdopen(os.dup(1), "w")
    # What a library prints, also from C++, goes where it disturbs no answer.
    os.dup2(2, 1)

    def answer(message):
        print(json.dumps(message), file=answers, flush=True)

    start = time.perf_counter()
    try:
        bench, versions = imported()
    except ImportError as error:
        answer({"missing": error.name})
        return
    seconds = time.perf_counter() - start
    answer({"importSeconds": seconds, "versions": {"python": sys.version.split()[0], **versions}})
    for line in sys.stdin:
        try:
            answer(run(bench, json.loads(line)))
        except Exception as error:  # whatever a library raises is the answer to the job
            answer({"error": f"{type(error).__name__}: {error}".splitlines()[0]})


def run(bench, job):
    work = getattr(bench, job["task"])
    texts = []
    if "workspace" in job:
        texts = [text(job["workspace"]), [text(path) for path in job["patches"]]]
    if "toys" in job:
        texts = [job["toys"]]
    start = time.perf_counter()
    for _ in range(job["calls"]):
        values = work(*texts)
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "values": {name: plain(value) for name, value in values().items()}}


def text(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def plain(value):
    """A number, or a list of them, for JSON, which has neither NaN nor infinities: null."""
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    # Scalars come as arrays with no dimension or one.
    number = float(value.item() if hasattr(value, "item") else value)
    return number if math.isfinite(number) else None


class SignalPoints:
    """Patches that are used one after the other, again and again."""

    def __init__(self, patches):
        self.patches = [json.loads(patch) for patch in patches]
        self.used = 0

    def next(self):
        patch = self.patches[self.used % len(self.patches)]
        self.used += 1
        return patch
