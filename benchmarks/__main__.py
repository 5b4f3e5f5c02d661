from benchmarks.site import Site
from benchmarks import rates
from benchmarks.figures import render
with Site() as s:
    r = rates.measure(s, mails=40, rounds=1, newcomers=8)
    print(render([r], {}, ""))
