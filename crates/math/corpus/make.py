"""Writes pairs.tsv: given, expected, kind, label (equal, unequal, unreadable), origin (sympy, hand).

The labels of origin `sympy` are SymPy's: equal where it proves the difference zero or the solution sets the same over
the real numbers, unequal where it finds a point or a member that tells them apart, unreadable where its parser refuses
the text. Run it with `python3 make.py` (SymPy 1.14); the output is committed and the tests need no Python.
"""
import pathlib
import random
import re
import sys

import sympy as sp
from sympy.parsing.sympy_parser import convert_xor, implicit_multiplication_application, parse_expr, standard_transformations

random.seed(20260801)
R = random
HERE = pathlib.Path(__file__).parent
rows, seen = [], set()


def emit(given, expected, kind, label, origin="sympy"):
    key = (given, expected, kind)
    if key in seen or "\t" in given + expected or "zoo" in given + expected or "nan" in given + expected:
        return False
    seen.add(key)
    rows.append((given, expected, kind, label, origin))
    return True


LETTERS = "abcdkmnpqrstuvwxyz"


def syms(n):
    return [sp.Symbol(c, real=True) for c in R.sample(LETTERS, n)]


def rint(a=9, zero=False):
    while True:
        v = R.randint(-a, a)
        if v or zero:
            return v


SUP = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def plain(e, style):
    """The expression as a student types it."""
    s = sp.sstr(e)
    s = s.replace("Abs(", "abs(").replace("log(", "ln(")
    s = re.sub(r"\bE\b", "e", s)
    if style == "python":
        return s
    s = s.replace("**", "^")
    if style == "caret":
        return s
    if style == "tight":
        return implicit(s.replace(" ", ""))
    if style == "spaced":
        return implicit(s)
    if style == "unicode":
        out, i = "", 0
        s = implicit(s)
        while i < len(s):
            if s[i] == "^" and i + 1 < len(s) and s[i + 1].isdigit():
                i += 1
                while i < len(s) and s[i].isdigit():
                    out += s[i].translate(SUP)
                    i += 1
            else:
                out += s[i]
                i += 1
        return out.replace("-", "−")
    if style == "dots":
        return s.replace("*", R.choice([" · ", "×", "·", "⋅"]))
    raise ValueError(style)


def implicit(s):
    """Leaves the multiplication sign out wherever no slash stands before it in the same product."""
    out, slash, stack = "", False, []
    for i, c in enumerate(s):
        if c == "(":
            stack.append(slash)
            slash = False
        elif c == ")":
            slash = stack.pop() if stack else False
        elif c in "+- ,":
            slash = slash and c == " "
        elif c == "/":
            slash = True
        if c == "*" and not slash and not (s[i + 1].isdigit()):
            left, right = out[-1:], s[i + 1 :]
            name = right[: len(right) - len(right.lstrip("abcdefghijklmnopqrstuvwxyz"))]
            word = len(name) > 1 or (left.isalpha() and name == "")
            if left.isalpha() and (word or right[:1] == "("):
                out += " "
            continue
        out += c
    return out


def tex(e, style):
    if style == 0:
        return sp.latex(e, ln_notation=True)
    if style == 1:
        return sp.latex(e, mul_symbol="dot", ln_notation=True)
    if style == 2:
        return sp.latex(e, mul_symbol="times", ln_notation=True).replace("\\frac", "\\dfrac")
    if style == 3:
        return "$$" + sp.latex(e, ln_notation=True).replace(" ", "\\ ", 1) + "$$" if "\\ " not in sp.latex(e) else sp.latex(e)
    return sp.latex(e, ln_notation=True).replace("\\left(", "(").replace("\\right)", ")")




def write(e):
    if R.random() < 0.5:
        return tex(e, R.choice([0, 1, 2, 4]))
    return plain(e, R.choice(["python", "caret", "tight", "spaced", "unicode", "dots"]))


def zero(e):
    e = sp.simplify(sp.expand(e))
    if e == 0:
        return True
    names = sorted(e.free_symbols, key=str)
    for t in range(8):
        at = {n: sp.Rational(R.randint(3, 60), R.randint(2, 9)) * R.choice([1, 1, -1]) for n in names}
        try:
            v = complex(e.subs(at).evalf(40))
        except (TypeError, ValueError, ZeroDivisionError):
            continue
        if abs(v.imag) < 1e-15 and abs(v.real) > 1e-12:
            return False
    return None


def pair(a, b, kind="expression"):
    """Adds the pair with SymPy's word for it."""
    verdict = zero(a - b)
    if verdict is None:
        return False
    return emit(write(a), write(b), kind, "equal" if verdict else "unequal")


def perturb(e):
    """A neighbour: a coefficient, a sign or an exponent changed."""
    choice = R.randint(0, 4)
    names = sorted(e.free_symbols, key=str)
    if choice == 0:
        return e + rint(3)
    if choice == 1:
        return -e
    if choice == 2 and names:
        return e + rint(2) * R.choice(names)
    if choice == 3:
        return e * sp.Rational(R.randint(2, 5), R.choice([1, 1, 7]))
    if names:
        return e.subs(R.choice(names), R.choice(names) * rint(3))
    return e + sp.Rational(1, 10)


def many(count, make, tries=8):
    start, attempts = len(rows), 0
    while len(rows) - start < count and attempts < count * tries:
        attempts += 1
        make()
    print(f"{make.__name__}: {len(rows) - start}", file=sys.stderr)


def linear(x):
    return rint(6) * x + rint(12, True)


def polynomials():
    names = syms(R.choice([1, 1, 2, 3]))
    factors = [R.choice([linear(R.choice(names)), rint(7), R.choice(names) ** R.randint(1, 4),
                         R.choice(names) * rint(5) + R.choice(names) * rint(5) + rint(9, True),
                         R.choice(names) ** 2 + rint(9)]) for _ in range(R.randint(1, 3))]
    a = sp.Mul(*factors, evaluate=False) if R.random() < 0.7 else sp.Mul(*factors) ** R.choice([1, 1, 2])
    b = R.choice([sp.expand, sp.factor, sp.expand, sp.factor_terms])(sp.Mul(*factors) if not isinstance(a, sp.Pow) else a)
    if R.random() < 0.45:
        b = perturb(b)
    pair(a, b) if R.random() < 0.5 else pair(b, a)


def rationals():
    x = syms(1)[0] if R.random() < 0.7 else None
    names = [x] if x else syms(2)
    pick = lambda: R.choice([linear(R.choice(names)), R.choice(names), R.choice(names) ** 2 - rint(5) ** 2, rint(9) * R.choice(names)])
    e = pick() / pick()
    e = R.choice([e + pick() / pick(), e * pick() / pick(), e, e - rint(8) / pick(), e / (1 + 1 / pick())])
    b = R.choice([sp.cancel, sp.together, sp.factor, sp.apart if len(names) == 1 else sp.cancel])(e)
    if R.random() < 0.4:
        b = perturb(b)
    pair(e, b)


def numbers():
    n, d = rint(99), R.randint(1, 24)
    value = sp.Rational(n, d)
    other = value if R.random() < 0.55 else R.choice([value + sp.Rational(1, d), -value, 1 / value, value + sp.Rational(1, 100), value * 10])

    def show(v):
        k = R.randint(2, 9)
        options = [f"{v.p}/{v.q}" if v.q > 1 else f"{v.p}", f"\\frac{{{v.p}}}{{{v.q}}}", f"{v.p * k}/{v.q * k}",
                   f"\\frac{{{v.p * k}}}{{{v.q * k}}}", f"-\\dfrac{{{-v.p}}}{{{v.q}}}"]
        whole, rest = divmod(abs(v.p), v.q)
        sign = "-" if v < 0 else ""
        if whole and rest:
            options += [f"{sign}{whole} {rest}/{v.q}"] * 2 + [f"{sign}{whole}\\frac{{{rest}}}{{{v.q}}}"] * 2
        q = v.q
        while q % 2 == 0:
            q //= 2
        while q % 5 == 0:
            q //= 5
        if q == 1:
            decimal = format(float(v), ".8f").rstrip("0").rstrip(".")
            if sp.Rational(decimal) == v:
                cents = format(float(v * 100), ".6f").rstrip("0").rstrip(".")
                options += [decimal, decimal.replace("-", "−"), "$" + decimal if v > 0 else decimal, decimal.replace("0.", ".", 1) if abs(v) < 1 else decimal + "0" if "." in decimal else decimal + ".0",
                            cents + "%", cents + "\\%"]
        return R.choice(options)

    emit(show(value), show(other), "number", "equal" if value == other else "unequal")


def large_numbers():
    n = R.randint(1000, 9_999_999)
    other = n if R.random() < 0.6 else R.choice([n + 1, n * 10, n // 10, n + 1000])
    show = lambda v: R.choice([f"{v:,}", f"{v:,}", str(v), f"${v:,}", f"{v}.00", f"{v:,}.0", f"{v:,}".replace(",", "{,}")])
    emit(show(n), show(other), "number", "equal" if sp.Integer(n) == sp.Integer(other) else "unequal")


def scientific():
    m, e = R.randint(11, 999), R.randint(-9, 9)
    digits = str(m)
    front = digits[0] + "." + digits[1:]
    value = sp.Rational(front) * sp.Integer(10) ** e
    f = R.choice([e, e, e, e + 1, -e])
    value2 = sp.Rational(front) * sp.Integer(10) ** f

    def show(k):
        forms = [f"{front}\\times{{10}}^{{{k}}}", f"{front}\\times 10^{{{k}}}", f"{front}*10^{k}" if k >= 0 else f"{front}*10^({k})",
                 f"{front} × 10" + str(k).translate(SUP).replace("-", "⁻"), f"{front}\\cdot10^{{{k}}}", f"{front} x 10^{k}".replace(" x ", " * "),
                 f"{front}\\times{{10}}^{{\\left({k}\\right)}}", f"{front}·10**{k}" if k >= 0 else f"{front}·10**({k})"]
        return R.choice(forms)

    second = show(f)
    if R.random() < 0.5:
        v = value2
        text = sp.Float(v, 30)
        second = format(sp.Float(v, 25), "f").rstrip("0").rstrip(".")
        if sp.Rational(second) != v:
            return
    emit(show(e), second, "number", "equal" if value == value2 else "unequal")


def radicals():
    n = R.randint(2, 200)
    k = R.choice([2, 2, 2, 3, 4])
    a = sp.root(sp.Integer(n), k)
    c, d = rint(9), R.randint(1, 9)
    base = R.choice([a * c, a / d, c + a, (c + a) / d, c * a + sp.sqrt(R.randint(2, 30)), a * sp.sqrt(R.randint(2, 40)), 1 / (c + sp.sqrt(n)), sp.sqrt(sp.Rational(n, d))])
    raw = R.choice([
        (f"\\sqrt{{{n}}}" if k == 2 else f"\\sqrt[{k}]{{{n}}}", a),
        (f"{abs(c)}\\sqrt{{{n}}}", abs(c) * sp.sqrt(n)),
        (f"\\sqrt{{{n}}}\\sqrt{{{d}}}", sp.sqrt(n) * sp.sqrt(d)),
        (f"\\frac{{{c}}}{{\\sqrt{{{n}}}}}", c / sp.sqrt(n)),
        (f"√{n}", sp.sqrt(n)), (f"sqrt({n})/{d}", sp.sqrt(n) / d), (f"{n}^(1/{k})", a), (f"{n}^{{\\frac{{1}}{{{k}}}}}", a),
        (f"\\frac{{{c}+\\sqrt{{{n}}}}}{{{d}}}", (c + sp.sqrt(n)) / d), (f"cbrt({n})", sp.root(n, 3)), (f"\\sqrt{{\\frac{{{n}}}{{{d}}}}}", sp.sqrt(sp.Rational(n, d))),
    ])
    text, value = raw if R.random() < 0.6 else (write(base), base)
    other = R.choice([sp.radsimp, sp.simplify, lambda e: e, sp.nsimplify])(value)
    if R.random() < 0.4:
        other = R.choice([other + 1, -other, other * 2, other + sp.sqrt(2), other**2, sp.Rational(str(round(float(other), 3)))])
    verdict = sp.simplify(value - other)
    if verdict != 0 and abs(complex(sp.N(value - other, 30))) < 1e-12:
        return
    emit(text, write(other), "number", "equal" if verdict == 0 else "unequal")


def radical_letters():
    x, y = (sp.Symbol(c, real=True) for c in R.sample("abcmnpqrxyz", 2))
    k = R.randint(1, 7)
    n = R.randint(2, 60)
    e = R.choice([sp.sqrt(n * x ** (2 * k)), sp.sqrt(n) * sp.sqrt(x**2), sp.sqrt(x) * (rint(5) + sp.sqrt(x)), (sp.sqrt(x) + rint(7)) ** 2,
                  (sp.sqrt(x) + sp.sqrt(y)) * (sp.sqrt(x) - sp.sqrt(y)), sp.sqrt(n) * x + sp.sqrt(4 * n) * x, sp.Abs(rint(5) * x), sp.sqrt(x**4 * y**2),
                  x ** sp.Rational(1, R.choice([2, 4])) * x ** sp.Rational(R.randint(1, 3), 4), (x**2) ** sp.Rational(1, 2), sp.sqrt((x - 3) ** 2)])
    b = R.choice([sp.expand, sp.simplify, sp.factor, sp.powsimp])(e)
    if R.random() < 0.4:
        b = R.choice([perturb(b), b * x, b + sp.sqrt(x), b.subs(x, x + 1)])
    pair(e, b)


def functions():
    x = syms(1)[0]
    y = sp.Symbol("theta", real=True)
    a, b = R.choice([
        (sp.sin(x) ** 2 + sp.cos(x) ** 2, sp.Integer(1)), (sp.sin(2 * x), 2 * sp.sin(x) * sp.cos(x)), (sp.exp(x) * sp.exp(rint(4)), None),
        (sp.cos(2 * x), 1 - 2 * sp.sin(x) ** 2), (sp.tan(x), sp.sin(x) / sp.cos(x)), (2**x * 2 ** rint(5), None), (sp.log(rint(9) ** 2 * x**2 + 1), None),
        (sp.exp(2 * x) - 1, (sp.exp(x) - 1) * (sp.exp(x) + 1)), (sp.sin(x + sp.pi / 2), sp.cos(x)), (sp.pi * x**2 * rint(5), None),
        (sp.sin(sp.pi / R.choice([3, 4, 6])) * rint(4), None), (sp.log(8) / sp.log(2), sp.Integer(3)), (sp.cos(sp.pi / R.choice([3, 4, 6])) + sp.pi * rint(3), None),
        (sp.log(12), sp.log(3) + 2 * sp.log(2)), (sp.E ** rint(3) * rint(4), None), (rint(9) * sp.pi / R.randint(2, 7), None),
    ])
    if b is None:
        b = R.choice([sp.expand, sp.simplify, lambda e: e])(a)
    if R.random() < 0.45:
        b = perturb(b)
    pair(a, b)


def relation_text(lhs, rhs, sign):
    signs = {"=": ["=", " = "], "<": ["<", " < ", "\\lt "], ">": [">", " > ", "\\gt "], "<=": ["<=", "\\le ", "≤", "\\leq "], ">=": [">=", "\\ge ", "≥", "\\geq "]}
    return write(lhs) + R.choice(signs[sign]) + write(rhs)


def equations_one():
    x = syms(1)[0]
    r, s = rint(9), sp.Rational(rint(9), R.randint(1, 5))
    k, m = rint(6), rint(9, True)
    kind = R.randint(0, 4)
    if kind == 0:
        first, second = (x, s), (k * x + m, k * s + m)
    elif kind == 1:
        first, second = ((x - r) * (x - s), sp.Integer(0)), (sp.expand((x - r) * (x - s) * k), sp.Integer(0))
    elif kind == 2:
        first, second = (x**2, sp.Integer(r * r)), (sp.Abs(x), sp.Integer(abs(r)))
    elif kind == 3:
        first, second = (k * x, m), (x, sp.Rational(m, k))
    else:
        first, second = (k * (x + m), s), (k * x, s - k * m)
    if R.random() < 0.4:
        second = R.choice([(second[0], second[1] + 1), (second[0], -second[1] + 2), (second[0] + x, second[1])])
    a, b = (sp.solveset(sp.Eq(*p), x, sp.S.Reals) for p in (first, second))
    if not all(isinstance(q, sp.FiniteSet) for q in (a, b)):
        return
    emit(relation_text(*first, "="), relation_text(*second, "="), "equation", "equal" if a == b else "unequal")


def equations_two():
    x, y = syms(2)
    f = R.choice([y - rint(5) * x - rint(9, True), rint(5) * x + rint(5) * y - rint(9), y - rint(4) * x**2 - rint(5), x * y - rint(9)])
    k = sp.Rational(rint(6), R.choice([1, 1, 2, 3]))
    g = sp.expand(f * k)
    if R.random() < 0.4:
        g = R.choice([g + 1, g + x, g.subs(x, -x), g - 2 * y])
    def split(h):
        terms = sp.Add.make_args(sp.expand(h))
        left = [t for t in terms if R.random() < 0.6]
        return sp.Add(*left), -sp.Add(*[t for t in terms if t not in left])
    ratio = sp.cancel(f / g) if g != 0 else x
    first, second = split(f), split(g)
    emit(relation_text(*first, "="), relation_text(*second, "="), "equation", "equal" if ratio.is_number else "unequal")


def inequalities():
    x = syms(1)[0]
    k, m, s = rint(6), rint(9, True), sp.Rational(rint(9), R.randint(1, 4))
    sign = R.choice(["<", ">", "<=", ">="])
    flip = {"<": ">", ">": "<", "<=": ">=", ">=": "<="}
    rel = {"<": sp.Lt, ">": sp.Gt, "<=": sp.Le, ">=": sp.Ge}
    first = (x, s, sign)
    second = (k * x + m, k * s + m, sign if k > 0 else flip[sign])
    if R.random() < 0.3:
        second = R.choice([(second[0], second[1], flip[second[2]]), (second[0], second[1] + 1, second[2]), (second[0], second[1], {"<": "<=", ">": ">=", "<=": "<", ">=": ">"}[second[2]])])
    if R.random() < 0.2:
        second = (s, x, flip[sign])
    if R.random() < 0.2:
        r = R.randint(1, 9)
        first = (x**2, sp.Integer(r * r), sign)
        second = R.choice([(sp.Abs(x), sp.Integer(r), sign), ((x - r) * (x + r), sp.Integer(0), sign), (x, sp.Integer(r), sign)])
    a, b = (rel[t](l, r).as_set() if rel[t](l, r) not in (True, False, sp.true, sp.false) else None for l, r, t in (first, second))
    if a is None or b is None:
        return
    emit(relation_text(*first), relation_text(*second), "inequality", "equal" if a == b else "unequal")


def compounds():
    x = syms(1)[0]
    a, w = rint(9, True), R.randint(1, 9)
    b = a + w
    lo, hi = R.choice(["<", "<="]), R.choice(["<", "<="])
    lo2, hi2 = (lo, hi) if R.random() < 0.6 else (R.choice(["<", "<="]), R.choice(["<", "<="]))
    name = {"<": ["<", "\\lt "], "<=": ["\\le ", "≤", "<="]}
    turned = {"<": [">"], "<=": ["≥", ">=", "\\ge "]}
    k = R.randint(2, 5)
    text = f"{a}{R.choice(name[lo])}{x}{R.choice(name[hi])}{b}"
    other = R.choice([f"{x}{R.choice(turned[lo2])}{a} and {x}{R.choice(name[hi2])}{b}", f"{k * a}{R.choice(name[lo2])}{k}{x}{R.choice(name[hi2])}{k * b}",
                      f"{b}{R.choice(turned[hi2])}{x}{R.choice(turned[lo2])}{a}", f"{a - 1}{R.choice(name[lo2])}{x}-1{R.choice(name[hi2])}{b - 1}"])
    s = sp.Interval(a, b, lo == "<", hi == "<")
    t = sp.Interval(a, b, lo2 == "<", hi2 == "<")
    emit(text, other, "inequality", "equal" if s == t else "unequal")


def interval_text(i):
    show = lambda v: R.choice(["\\infty", "∞", "infinity", "inf"]) if v == sp.oo else "-" + R.choice(["\\infty", "∞", "inf"]) if v == -sp.oo else write(v)
    left, right = "(" if i.left_open else "[", ")" if i.right_open else "]"
    if R.random() < 0.3:
        left, right = "\\left" + left, "\\right" + right
    return f"{left}{show(i.start)},{R.choice(['', ' ', chr(92) + ' '])}{show(i.end)}{right}"


def intervals():
    ends = sorted({sp.Rational(rint(12, True), R.choice([1, 1, 2, 3])) for _ in range(4)})
    if len(ends) < 4:
        return
    ends = [R.choice([-sp.oo, ends[0]]), ends[1], ends[2], R.choice([sp.oo, ends[3]])]
    make = lambda: [sp.Interval(ends[0], ends[1], R.random() < 0.5, R.random() < 0.5), sp.Interval(ends[2], ends[3], R.random() < 0.5, R.random() < 0.5)]
    first = make()[: R.randint(1, 2)]
    second = list(first) if R.random() < 0.6 else make()[: len(first)]
    R.shuffle(second)
    join = lambda parts: R.choice(["\\cup ", "∪", " U ", " ∪ "]).join(interval_text(p) for p in parts)
    emit(join(first), join(second), "interval", "equal" if sp.Union(*first) == sp.Union(*second) else "unequal")


def rewrite(v):
    v = sp.sympify(v)
    k = R.randint(2, 6)
    if v.is_Rational and R.random() < 0.4:
        return f"{v.p * k}/{v.q * k}"
    return write(v)


def lists():
    kind = R.choice(["list", "list", "ordered_list"])
    members = [R.choice([sp.Rational(rint(20, True), R.choice([1, 1, 2, 3])), sp.sqrt(R.randint(2, 12)) * rint(3), sp.Symbol(R.choice("xyz")) * rint(5) + rint(5)]) for _ in range(R.randint(2, 5))]
    if len(set(members)) < len(members):
        return
    other = list(members)
    if R.random() < 0.6:
        R.shuffle(other)
    if R.random() < 0.35:
        at = R.randrange(len(other))
        other[at] = R.choice([-other[at], other[at] + 1])
    if R.random() < 0.05:
        other.pop()
    equal = (other == members) if kind == "ordered_list" else sp.FiniteSet(*other) == sp.FiniteSet(*members) and len(set(other)) == len(other)
    if len(set(other)) < len(other) or len(other) < 2:
        return
    text = lambda ms: R.choice([", ", ","]).join(rewrite(m) for m in ms)
    a, b = text(other), text(members)
    emit(a, b, kind, "equal" if equal else "unequal")


def points():
    p = [sp.Rational(rint(12, True), R.choice([1, 1, 2, 5])) for _ in range(R.choice([2, 2, 3]))]
    q = list(p) if R.random() < 0.55 else R.choice([p[::-1], [-p[0], *p[1:]], [*p[:-1], p[-1] + 1]])
    text = lambda v: R.choice(["({})", "\\left({}\\right)", "( {} )"]).format(R.choice([",", ", "]).join(rewrite(c) for c in v))
    emit(text(q), text(p), "point", "equal" if sp.Point(*p) == sp.Point(*q) else "unequal")


def ratios():
    t = [R.randint(1, 20) for _ in range(R.choice([2, 2, 2, 3]))]
    k = R.randint(1, 9)
    u = [k * v for v in t]
    if R.random() < 0.45:
        u = R.choice([u[::-1], [v + 1 for v in u], [*u[:-1], u[-1] + k]])
    same = all(sp.Integer(t[i]) * u[j] == sp.Integer(t[j]) * u[i] for i in range(len(t)) for j in range(len(t)))
    text = lambda v: R.choice([":", " : ", " to "]).join(map(str, v))
    emit(text(u), text(t), "ratio", "equal" if same else "unequal")


def matrices():
    n, m = R.randint(1, 3), R.randint(2, 4)
    a = sp.Matrix(n, m, lambda i, j: sp.Rational(rint(9, True), R.choice([1, 1, 1, 2])))
    b = a.copy() if R.random() < 0.6 else R.choice([a.T, -a, a + sp.ones(n, m)])

    def text(v):
        cells = [[rewrite(v[i, j]) for j in range(v.cols)] for i in range(v.rows)]
        if R.random() < 0.5:
            return "[" + ",".join("[" + ",".join(r) + "]" for r in cells) + "]"
        name = R.choice(["bmatrix", "pmatrix"])
        return f"\\begin{{{name}}} " + " \\\\ ".join(" & ".join(r) for r in cells) + f" \\end{{{name}}}"

    emit(text(b), text(a), "matrix", "equal" if a == b else "unequal")


TRANSFORMS = standard_transformations + (convert_xor, implicit_multiplication_application)


def unreadables():
    x = syms(1)[0]
    e = R.choice([linear(x), sp.expand(linear(x) * linear(x)), sp.Rational(rint(50), R.randint(2, 9)), x / linear(x)])
    s = plain(e, "caret")
    broken = R.choice([s + "+", s + "*", s + "/", "(" + s, s + ")", s + "^", "*" + s, "/" + s, s.replace("+", "+*", 1), s + "=", s.replace("*", "*/", 1),
                       f"{R.randint(1, 9)}..{R.randint(1, 9)}", f"{s} + )", f"(({s})", f"{s} ** * 2", f"{R.randint(1, 9)}.{R.randint(1, 9)}.{R.randint(1, 9)}", f"{s}//2", "^" + s, f"({s}))", f"{s}-", f"sqrt({s}", f"|{s}", f"{s}&", f"{s} @ 2", f"{s}?", "[" + s, f"{R.randint(10, 99)} {R.randint(10, 99)}", f"{s}×÷2", f"{s}+/3", f"()", f"{s}^*2", f"2{s}#"])
    if broken == s:
        return
    try:
        parse_expr(broken.replace("|", "§").replace("//", "/ /").replace("×÷", "*/"), transformations=TRANSFORMS)
    except Exception:
        emit(broken, plain(e, "caret"), "expression", "unreadable")


def by_hand():
    for line in (HERE / "by_hand.tsv").read_text().splitlines():
        if line and not line.startswith("#"):
            given, expected, kind, label = line.split("\t")
            if not emit(given, expected, kind, label, "hand"):
                print("twice:", line, file=sys.stderr)


for count, make in [(620, polynomials), (330, rationals), (420, numbers), (90, large_numbers), (150, scientific), (280, radicals), (200, radical_letters),
                    (170, functions), (220, equations_one), (160, equations_two), (200, inequalities), (110, compounds), (130, intervals), (170, lists),
                    (120, points), (90, ratios), (80, matrices), (170, unreadables)]:
    many(count, make)
by_hand()
(HERE / "pairs.tsv").write_text("".join("\t".join(row) + "\n" for row in rows))
print(len(rows), "pairs,", sum(row[4] == "hand" for row in rows), "by hand", file=sys.stderr)
