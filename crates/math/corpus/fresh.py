"""Writes fresh.tsv: given, expected, kind, label, origin `fresh`, by other generators than make.py's.

Here every row starts from a school question with an exact SymPy value, which is then written in the ways that students
write it; an unequal answer is another value, told apart by SymPy, written in the same ways. Unreadable rows are written
answers with one accident of typing, which SymPy's own parser refuses as well. Run with `python3 fresh.py` (SymPy 1.14).
"""
import pathlib
import random
import re

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication_application, parse_expr, standard_transformations

R = random.Random(71993)
x, y, n = sp.symbols("x y n", real=True)
rows = {}


def emit(given, expected, kind, label):
    rows.setdefault((given, expected, kind), label)


def frac(a, b):
    return R.choice([f"{a}/{b}", f"\\frac{{{a}}}{{{b}}}", f"{a} / {b}"])


def write_number(v):
    """A rational in one of the ways of school."""
    v = sp.Rational(v)
    ways = [frac(v.p, v.q), frac(v.p * 3, v.q * 3)] if v.q != 1 else [str(v.p), frac(v.p * 4, 4), f"+{v.p}" if v.p > 0 else f"({v.p})"]
    if v.q != 1 and abs(v) > 1:
        whole, rest = divmod(abs(v.p), v.q)
        sign = "-" if v < 0 else ""
        ways.append(f"{sign}{whole} {rest}/{v.q}")
    scale = 10**4
    if (v * scale).q == 1:
        ways += [f"{float(v):.4f}", re.sub(r"0+$", "0", f"{float(v):.5f}"), f"{float(v * 100):g}%"]
    if v.q == 1 and abs(v.p) >= 1000:
        ways += [f"{v.p:,}", f"{v.p}.00"]
    if v > 0 and (v * 100).q == 1:
        ways.append(f"${float(v):.2f}")
    return R.choice(ways)


def number_rows(count):
    while count:
        v = sp.Rational(R.randint(-400, 4000), R.choice([1, 1, 2, 4, 5, 8, 10, 3, 7, 12]))
        a, b = write_number(v), write_number(v)
        if a != b and v:
            emit(a, b, "number", "equal")
            other = R.choice([-v, v + R.choice([1, sp.Rational(1, 10)]), v * 10, 1 / v, v / 100])
            if other != v:
                emit(write_number(other), a, "number", "unequal")
            count -= 1


def radical_rows(count):
    for _ in range(count):
        c, m, k = R.randint(2, 9), R.choice([2, 3, 5, 6, 7, 10]), R.randint(2, 9)
        plain = R.choice([f"{c}sqrt({m})", f"{c}√{m}", f"{c}\\sqrt{{{m}}}", f"{c}*{m}^(1/2)"])
        same = R.choice([f"sqrt({c*c*m})", f"\\sqrt{{{c*c*m}}}", f"{c*m}/sqrt({m})", f"sqrt({c*c})sqrt({m})"])
        assert sp.sqrt(c * c * m) == c * sp.sqrt(m)
        emit(same, plain, "number", "equal")
        wrong = R.choice([f"{m}sqrt({c})" if c != m else f"sqrt({m})", f"sqrt({c*m})", f"{c+1}sqrt({m})"])
        if not sp.simplify(parse(wrong) - c * sp.sqrt(m)) == 0:
            emit(wrong, plain, "number", "unequal")
        conj = sp.radsimp(k / (c + sp.sqrt(m)))
        emit(f"{k}/({c}+sqrt({m}))", student(conj), "number", "equal")
        emit(f"{k}/({c}-sqrt({m}))" if c * c != m else f"{k}", student(conj), "number", "unequal")


def log_rows(count):
    for _ in range(count):
        b, p, q = R.choice([2, 3, 5, 10]), R.randint(2, 5), R.randint(2, 9)
        form = R.choice([f"log_{b}({b**p})", f"\\log_{{{b}}}({b**p})"])
        emit(form, str(p), "number", "equal")
        emit(form, str(p + 1), "number", "unequal")
        emit(f"ln({q})+ln({p})", f"ln({p*q})", "number", "equal")
        emit(f"ln({q+p})", f"ln({q})+ln({p})", "number", "equal" if q + p == q * p else "unequal")
        emit(f"ln(e^{p})", str(p), "number", "equal")
        emit(f"{p}ln({q})", f"ln({q**p})", "number", "equal")
        emit(f"e^({p}ln({q}))", str(q**p), "number", "equal")


def parse(text):
    rules = standard_transformations + (implicit_multiplication_application, convert_xor)
    return parse_expr(text, transformations=rules, local_dict={"x": x, "y": y, "n": n})


def student(e):
    text = sp.sstr(e).replace("**", "^").replace("log(", "ln(").replace("Abs(", "abs(")
    if R.random() < 0.5:
        text = re.sub(r"(\d)\*(?=[a-z(])", r"\1", text)
    return text if R.random() < 0.7 else text.replace(" ", "")


def expression_rows(count):
    makers = [
        lambda a, b, c: (sp.Pow(x, a) * sp.Pow(x, b), sp.Pow(x, a + b), sp.Pow(x, a * b)),
        lambda a, b, c: ((x + a) * (x - b), sp.expand((x + a) * (x - b)), sp.expand((x - a) * (x + b))),
        lambda a, b, c: ((x**2 - a**2) / (x - a), x + a, x - a),
        lambda a, b, c: (sp.Integer(a) / (x + b) + sp.Integer(c) / (x - b), sp.together(sp.Integer(a) / (x + b) + sp.Integer(c) / (x - b)), sp.Integer(a + c) / (2 * x)),
        lambda a, b, c: (sp.sqrt(a**2 * x**2), a * sp.Abs(x), a * x),
        lambda a, b, c: (2 ** (x + a), 2**a * 2**x, 2 ** (a * x)),
        lambda a, b, c: ((a * x * y) ** 2, a**2 * x**2 * y**2, a * x**2 * y**2),
        lambda a, b, c: (x ** (-a), 1 / x**a, -(x**a)),
        lambda a, b, c: (a * (x - b) - c * (x + 1), sp.expand(a * (x - b) - c * (x + 1)), sp.expand(a * (x - b) - c * x + 1)),
        lambda a, b, c: ((a * x + b) ** 2, sp.expand((a * x + b) ** 2), a**2 * x**2 + b**2),
        lambda a, b, c: (sp.Rational(a, b) * x + sp.Rational(c, b), (a * x + c) / b, sp.Rational(a + c, b) * x),
        lambda a, b, c: (x ** sp.Rational(a, 2), sp.sqrt(x) ** a, x ** sp.Rational(2, a)),
    ]
    while count:
        a, b, c = (R.randint(2, 7) for _ in range(3))
        given, key, wrong = R.choice(makers)(a, b, c)
        if sp.simplify(given - key) != 0:
            continue
        emit(student(given), student(key), "expression", "equal")
        point = {x: sp.Rational(17, 7), y: sp.Rational(3, 5)}
        if abs(sp.N((wrong - key).subs(point))) > 1e-9 or abs(sp.N((wrong - key).subs({x: sp.Rational(-9, 4), y: 2}))) > 1e-9:
            emit(student(wrong), student(key), "expression", "unequal")
        count -= 1


def list_rows(count):
    for _ in range(count):
        members = R.sample(range(-9, 10), R.randint(2, 4))
        texts = [str(m) for m in members]
        mixed = R.sample(texts, len(texts))
        emit(", ".join(mixed), ", ".join(texts), "list", "equal")
        emit("{" + ",".join(mixed) + "}", ", ".join(texts), "list", "equal")
        emit(" or ".join(f"x = {m}" for m in mixed), ", ".join(f"x={m}" for m in texts), "list", "equal")
        emit(", ".join(texts[:-1]), ", ".join(texts), "list", "unequal")
        emit(", ".join(str(-m) for m in members), ", ".join(texts), "list", "equal" if sorted(-m for m in members) == sorted(members) else "unequal")
    for a in range(2, 9):
        emit(f"±{a}", f"{a}, -{a}", "list", "equal")
        emit(f"{a}±sqrt(2)", f"{a}+sqrt(2), {a}-sqrt(2)", "list", "equal")
        emit(f"±{a}", f"{a}, {a}", "list", "unequal")


def interval_rows(count):
    for _ in range(count):
        a, b = sorted(R.sample(range(-9, 12), 2))
        left, right = R.choice("(["), R.choice(")]")
        text = f"{left}{a}, {b}{right}"
        emit(f"{left}{a},{b}{right}", text, "interval", "equal")
        emit(f"{'[' if left == '(' else '('}{a},{b}{right}", text, "interval", "unequal")
        emit(f"(-infinity, {a}{']' if left == '[' else ')'} U {left.replace('(', '(')}{b}, infinity)", f"{left}{b}, \\infty) \\cup (-\\infty, {a}{']' if left == '[' else ')'}", "interval", "equal")
        emit(f"(-∞, {a}]", f"(-\\infty, {a})", "interval", "unequal")
        emit(f"(-∞, {a}]", f"(-\\infty, {a}]", "interval", "equal")


def relation_rows(count):
    for _ in range(count):
        a, b, c = R.choice([-5, -3, -2, 2, 3, 4, 6]), R.randint(-9, 9), R.randint(-9, 9)
        bound = sp.Rational(c - b, a)
        sign = R.choice(["<", "<=", ">", ">="])
        turned = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
        solved = sign if a > 0 else turned[sign]
        asked = f"{a}x{'+' if b >= 0 else '-'}{abs(b)} {sign} {c}"
        emit(asked, f"x {solved} {bound}", "inequality", "equal")
        emit(f"{bound} {turned[solved]} x", f"x{solved}{bound}", "inequality", "equal")
        emit(f"x {turned[solved]} {bound}", f"x {solved} {bound}", "inequality", "unequal")
        emit(f"x {solved.rstrip('=') if '=' in solved else solved + '='} {bound}", f"x {solved} {bound}", "inequality", "unequal")
        emit(f"{asked.split(sign)[0]} = {c}", f"x = {bound}", "equation", "equal")
        emit(f"x = {bound + 1}", f"x = {bound}", "equation", "unequal")
        m, k = R.randint(2, 5), R.randint(-6, 6)
        line = f"y = {m}x + {k}" if k >= 0 else f"y = {m}x - {-k}"
        emit(f"{m}x - y = {-k}", line, "equation", "equal")
        emit(f"2y = {2*m}x + {2*k}" if k >= 0 else f"2y = {2*m}x - {-2*k}", line, "equation", "equal")
        emit(f"y = {m}x + {k + 1}", line, "equation", "unequal")


def other_rows(count):
    for _ in range(count):
        a, b, k = R.randint(2, 9), R.randint(2, 9), R.randint(2, 6)
        emit(f"{a*k}:{b*k}", f"{a}:{b}", "ratio", "equal")
        emit(f"{a*k} : {b*k}", f"{a} to {b}", "ratio", "equal")
        emit(f"{b}:{a}", f"{a}:{b}", "ratio", "equal" if a == b else "unequal")
        emit(f"({a}, -{b})", f"({a},-{b})", "point", "equal")
        emit(f"({frac(a*2, 2)}, {b})", f"({a}, {b})", "point", "equal")
        emit(f"({-b}, {a})", f"({a}, {-b})", "point", "unequal")
        emit(f"[[{a},{b}],[{k},1]]", f"\\begin{{bmatrix}} {a} & {b} \\\\ {k} & 1 \\end{{bmatrix}}", "matrix", "equal")
        emit(f"[[{a},{b}],[1,{k}]]", f"\\begin{{bmatrix}} {a} & {b} \\\\ {k} & 1 \\end{{bmatrix}}", "matrix", "unequal")
        emit(f"{a}.{b}*10^{k}", f"{sp.Rational(a*10 + b, 10) * 10**k}", "number", "equal")
        emit(f"{a}.{b} × 10^{k}", f"{sp.Rational(a*10 + b, 10) * 10**(k+1)}", "number", "unequal")


def unreadable_rows(count):
    accidents = [
        lambda t: "(" + t, lambda t: t + ")", lambda t: t + "+", lambda t: t + "*", lambda t: "*" + t, lambda t: t.replace("+", "+*", 1) if "+" in t else t + "/",
        lambda t: t + "^", lambda t: t + "/", lambda t: "/" + t, lambda t: "[" + t, lambda t: t + "=" + "=", lambda t: "sqrt(" + t, lambda t: t + "..5",
    ]
    while count:
        a, b = R.randint(2, 30), R.randint(2, 30)
        base, kind = R.choice([(f"{a}x+{b}", "expression"), (f"{a}/{b}", "number"), (f"{a}-{b}y", "expression"), (f"{a}.{b}", "number"), (f"({a}+x)^2", "expression")])
        text = R.choice(accidents)(base)
        try:
            parse(text)
        except Exception:
            emit(text, base, kind, "unreadable")
            count -= 1


number_rows(110)
radical_rows(25)
log_rows(12)
expression_rows(90)
list_rows(14)
interval_rows(12)
relation_rows(14)
other_rows(10)
unreadable_rows(110)
with open(pathlib.Path(__file__).parent / "fresh.tsv", "w") as out:
    for (given, expected, kind), label in sorted(rows.items()):
        out.write(f"{given}\t{expected}\t{kind}\t{label}\tfresh\n")
