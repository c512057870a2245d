"""Runs a baseline as it is and says on standard error what pyBKT's fit took, which its own figure does not part: all of it by
the clock and on the processor, and in all of it the making of its tables. usage: timed.py SCRIPT [arguments]"""
import json, os, runpy, sys, time

script = sys.argv[1]
sys.path.insert(0, os.path.dirname(os.path.abspath(script)))
took = {}


def timed(owner, name, key):
    inner = getattr(owner, name)

    def outer(*arguments, **named):
        wall, processor = time.perf_counter(), time.process_time()
        try:
            return inner(*arguments, **named)
        finally:
            # A prediction makes tables too; the fit comes first.
            took.setdefault(key, [time.perf_counter() - wall, time.process_time() - processor])

    setattr(owner, name, outer)


if os.path.basename(script) == "bkt_pybkt.py":
    from pyBKT.fit import E_step
    from pyBKT.models import Model

    timed(Model, "fit", "fit")
    timed(Model, "_data_helper", "tables")
    took["compiled"] = E_step.__file__.endswith(".so") or E_step.__file__.endswith(".pyd")
sys.argv = sys.argv[1:]
runpy.run_path(script, run_name="__main__")
print(json.dumps(took), file=sys.stderr)
