//! A tree as LaTeX, in the form it was given.

use crate::{
    Math,
    tree::{Constant, Function, Node, Numeral, Relation, Sign, Step},
    value::exact,
};

/// The answer as LaTeX for display, in the form it was given.
pub fn latex(m: &Math) -> String {
    show(&m.node)
}

fn show(node: &Node) -> String {
    match node {
        Node::Number(number) => numeral(number),
        Node::Letter(name) => letter(name),
        Node::Constant(Constant::Pi) => "\\pi".into(),
        Node::Constant(Constant::Euler) => "e".into(),
        Node::Infinity => "\\infty".into(),
        Node::Sum(terms) => sum(terms),
        Node::Product(factors) => product(factors),
        Node::Fraction(top, bottom) => format!("\\frac{{{}}}{{{}}}", show(top.bare()), show(bottom.bare())),
        Node::Power(base, exponent) => format!("{}^{{{}}}", tight(base), show(exponent.bare())),
        Node::Root(None, radicand) => format!("\\sqrt{{{}}}", show(radicand)),
        Node::Root(Some(index), radicand) => format!("\\sqrt[{}]{{{}}}", show(index), show(radicand)),
        Node::Absolute(inner) => format!("\\left|{}\\right|", show(inner)),
        Node::Call(function, arguments) => call(*function, arguments),
        Node::Mixed(whole, top, bottom) => {
            format!("{}\\frac{{{}}}{{{}}}", numeral(whole), numeral(top), numeral(bottom))
        }
        Node::Percent(inner) => format!("{}\\%", tight(inner)),
        Node::Factorial(inner) => format!("{}!", tight(inner)),
        Node::Degree(inner) => format!("{}^{{\\circ}}", tight(inner)),
        Node::Group(inner) => format!("\\left({}\\right)", show(inner)),
        Node::Relation(sides, signs) => {
            let mut text = show(&sides[0]);
            for (sign, side) in signs.iter().zip(&sides[1..]) {
                text.push_str(relation(*sign));
                text.push_str(&show(side));
            }
            text
        }
        Node::And(parts) => joined(parts, "\\text{ and }"),
        Node::Or(parts) => joined(parts, "\\text{ or }"),
        Node::List(parts) => joined(parts, ",\\ "),
        Node::Set(parts) => format!("\\left\\{{{}\\right\\}}", joined(parts, ",\\ ")),
        Node::Tuple(parts) => format!("\\left({}\\right)", joined(parts, ",\\ ")),
        Node::Union(parts) => joined(parts, "\\cup "),
        Node::Ratio(parts) => joined(parts, ":"),
        Node::Interval(i) => format!(
            "\\left{}{},\\ {}\\right{}",
            if i.low_in { '[' } else { '(' },
            show(&i.low),
            show(&i.high),
            if i.high_in { ']' } else { ')' }
        ),
        Node::Matrix(rows) => {
            let rows: Vec<String> =
                rows.iter().map(|row| row.iter().map(show).collect::<Vec<_>>().join(" & ")).collect();
            format!("\\begin{{bmatrix}} {} \\end{{bmatrix}}", rows.join(" \\\\ "))
        }
        Node::Words(words) => {
            let safe: String = words
                .chars()
                .filter(|c| !matches!(c, '\\' | '{' | '}' | '$' | '%' | '#' | '&' | '^' | '_' | '~'))
                .collect();
            format!("\\text{{{safe}}}")
        }
    }
}

fn joined(parts: &[Node], between: &str) -> String {
    parts.iter().map(show).collect::<Vec<_>>().join(between)
}

/// A LaTeX group where the part is not a single sign.
fn tight(node: &Node) -> String {
    match node {
        Node::Letter(_) | Node::Group(_) | Node::Absolute(_) | Node::Number(_) | Node::Constant(_) | Node::Call(..) => {
            show(node)
        }
        other => format!("\\left({}\\right)", show(other)),
    }
}

fn numeral(number: &Numeral) -> String {
    match number.places {
        Some(places) if exact::round(&number.value, places) == number.value => {
            let places = u8::try_from(places).unwrap_or(u8::MAX);
            super::decimal(&number.value, places, crate::DecimalMark::Point)
        }
        _ => super::plain(&number.value, crate::DecimalMark::Point),
    }
}

fn letter(name: &str) -> String {
    match name.split_once('_') {
        Some((head, label)) => format!("{head}_{{{label}}}"),
        None if name.chars().count() > 1 => format!("\\mathrm{{{name}}}"),
        None => name.to_owned(),
    }
}

fn sum(terms: &[(Sign, Node)]) -> String {
    let mut text = String::new();
    for (place, (sign, term)) in terms.iter().enumerate() {
        text.push_str(match sign {
            Sign::Plus if place == 0 => "",
            Sign::Plus => "+",
            Sign::Minus => "-",
            Sign::PlusMinus => "\\pm ",
            Sign::MinusPlus => "\\mp ",
        });
        let inner = show(term);
        let bracketed = matches!(term, Node::Sum(_));
        text.push_str(&if bracketed { format!("\\left({inner}\\right)") } else { inner });
    }
    text
}

fn product(factors: &[(Step, Node)]) -> String {
    let mut text = String::new();
    for (place, (step, factor)) in factors.iter().enumerate() {
        let inner = show(factor);
        let inner = if matches!(factor, Node::Sum(_)) { format!("\\left({inner}\\right)") } else { inner };
        match (place, step) {
            (0, _) => {}
            (_, Step::Over) => {
                // A slash would be asked back when it is read again.
                let inner = show(factor.bare());
                text = format!("\\frac{{{text}}}{{{inner}}}");
                continue;
            }
            (_, Step::Times) => text.push_str(" \\cdot "),
            (_, Step::Implicit) => text.push(' '),
        }
        text.push_str(&inner);
    }
    text
}

fn call(function: Function, arguments: &[Node]) -> String {
    let name = match function {
        Function::Sin => "\\sin",
        Function::Cos => "\\cos",
        Function::Tan => "\\tan",
        Function::Cot => "\\cot",
        Function::Sec => "\\sec",
        Function::Csc => "\\csc",
        Function::Arcsin => "\\arcsin",
        Function::Arccos => "\\arccos",
        Function::Arctan => "\\arctan",
        Function::Sinh => "\\sinh",
        Function::Cosh => "\\cosh",
        Function::Tanh => "\\tanh",
        Function::Ln => "\\ln",
        Function::Log => "\\log",
        Function::LogBase => {
            return format!("\\log_{{{}}}\\left({}\\right)", show(&arguments[0]), joined(&arguments[1..], ","));
        }
        Function::Exp => "\\exp",
        Function::Floor => return format!("\\lfloor {}\\rfloor ", joined(arguments, ",")),
        Function::Ceil => return format!("\\lceil {}\\rceil ", joined(arguments, ",")),
        Function::Round => "\\operatorname{round}",
        Function::Min => "\\min",
        Function::Max => "\\max",
        Function::Gcd => "\\gcd",
        Function::Lcm => "\\operatorname{lcm}",
        Function::Mod => "\\operatorname{mod}",
    };
    format!("{name}\\left({}\\right)", joined(arguments, ","))
}

fn relation(sign: Relation) -> &'static str {
    match sign {
        Relation::Equal => "=",
        Relation::NotEqual => "\\ne ",
        Relation::Less => "<",
        Relation::LessEqual => "\\le ",
        Relation::Greater => ">",
        Relation::GreaterEqual => "\\ge ",
    }
}
