"""Toy p-values of pyhf, as references for those of histfactory.

    python scripts/reference/pyhf_toys.py WORKSPACE [--patch PATCH] [--test-poi 1] [--toys 1000] [--backend numpy]

prints one JSON record: CLs, CLs+b and CLb of the data from pyhf's ToyCalculator (default optimiser, auxiliary data
fluctuated) with the number of toys of either hypothesis. pyhf 0.7.6 makes toys with NumPy below 2.4 only.
"""

import argparse
import json
import sys

import numpy
import pyhf
import scipy


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("workspace")
    parser.add_argument("--patch")
    parser.add_argument("--test-poi", type=float, default=1.0)
    parser.add_argument("--toys", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--backend", default="numpy", choices=["numpy", "jax"])
    options = parser.parse_args()
    numpy.random.seed(options.seed)
    pyhf.set_backend(options.backend, precision="64b")
    with open(options.workspace, encoding="utf8") as file:
        document = json.load(file)
    if options.patch is not None:
        import jsonpatch

        with open(options.patch, encoding="utf8") as file:
            document = jsonpatch.apply_patch(document, json.load(file))
    workspace = pyhf.Workspace(document)
    model = workspace.model(
        modifier_settings={
            "normsys": {"interpcode": "code4"},
            "histosys": {"interpcode": "code4p"},
        }
    )
    data = workspace.data(model)
    calculator = pyhf.infer.calculators.ToyCalculator(
        data, model, test_stat="qtilde", ntoys=options.toys, track_progress=False
    )
    statistic = calculator.teststatistic(options.test_poi)
    tested, background = calculator.distributions(options.test_poi)
    clsb, clb, cls = calculator.pvalues(statistic, tested, background)
    json.dump(
        {
            "testPoi": options.test_poi,
            "toys": options.toys,
            "seed": options.seed,
            "statistic": float(statistic),
            "CLs": float(cls),
            "CLsb": float(clsb),
            "CLb": float(clb),
            "versions": {
                "pyhf": pyhf.__version__,
                "numpy": numpy.__version__,
                "scipy": scipy.__version__,
                "backend": options.backend,
            },
        },
        sys.stdout,
    )
    print()


main()
