"""pyhf's side of `npm run bench`: one process that times what it is asked on standard input.

    python pyhf_bench.py scipy|minuit

worker.mjs describes the lines of JSON that come and go.
"""

import json
import math
import sys
import time

answers, sys.stdout = sys.stdout, sys.stderr


def answer(message):
    print(json.dumps(message), file=answers, flush=True)


def imported(optimizer):
    """pyhf with its numpy backend and the optimizer; introduces this process."""
    start = time.perf_counter()
    try:
        import pyhf

        import numpy
        import scipy

        packages = [pyhf, numpy, scipy]
        if optimizer == "minuit":
            import iminuit

            packages.append(iminuit)
    except ImportError as error:
        answer({"missing": error.name})
        sys.exit()
    pyhf.set_backend("numpy", optimizer)
    seconds = time.perf_counter() - start
    versions = {package.__name__: package.__version__ for package in packages}
    answer({"importSeconds": seconds, "versions": {"python": sys.version.split()[0], **versions}})
    return pyhf


class Bench:
    """The model that was loaded last, and a method per task: what is timed, with a function for its values."""

    def __init__(self, pyhf, optimizer):
        self.pyhf = pyhf
        self.optimizer = optimizer

    def load(self, workspace, patches):
        patches = [json.loads(patch) for patch in patches]
        workspace = self.pyhf.Workspace(json.loads(workspace))
        self.model = workspace.model(patches=patches)
        self.data = workspace.data(self.model)
        return self.values_of_load

    def values_of_load(self):
        config = self.model.config
        start = self.pyhf.tensorlib.astensor(config.suggested_init())
        return {
            "parameters": config.npars,
            "bins": config.nmaindata,
            "twiceNll": self.pyhf.infer.mle.twice_nll(start, self.data, self.model),
        }

    def fit(self):
        # SciPy's minimiser has no covariance to give, and pyhf then returns nothing in its place.
        with_covariance = {"return_uncertainties": True, "return_correlations": True}
        options = with_covariance if self.optimizer == "minuit" else {}
        result = self.pyhf.infer.mle.fit(self.data, self.model, return_fitted_val=True, **options)
        return lambda: {"twiceNll": result[-1]}

    def hypotest(self):
        cls, expected = self.pyhf.infer.hypotest(
            1.0, self.data, self.model, test_stat="qtilde", return_expected_set=True
        )
        return lambda: {"cls": cls, "expected": expected}

    def limits(self):
        observed, expected = self.pyhf.infer.intervals.upper_limits.upper_limit(self.data, self.model)
        return lambda: {"observed": observed, "expected": expected}

    def run(self, job):
        task, calls = job.pop("task"), job.pop("calls")
        work = {"load": self.load, "fit": self.fit, "hypotest": self.hypotest, "limits": self.limits}[task]
        start = time.perf_counter()
        for _ in range(calls):
            values = work(**job)
        seconds = time.perf_counter() - start
        return {"seconds": seconds, "values": {name: plain(value) for name, value in values().items()}}


def plain(value):
    """A number, or a list of them, for JSON, which has neither NaN nor infinities: null."""
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    # Scalars come as arrays with no dimension or one.
    number = float(value.item() if hasattr(value, "item") else value)
    return number if math.isfinite(number) else None


def main(optimizer):
    bench = Bench(imported(optimizer), optimizer)
    for line in sys.stdin:
        try:
            answer(bench.run(json.loads(line)))
        except Exception as error:  # whatever pyhf raises is the answer to the job
            answer({"error": f"{type(error).__name__}: {error}".splitlines()[0]})


main(sys.argv[1])
