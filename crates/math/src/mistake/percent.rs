//! Percentages: another whole than the one meant, the new value instead of the change.

use num_traits::{Signed, Zero};

use super::{
    Asked, Cue,
    Mistake::{self, *},
    make::number,
    question::keyed,
    target::Target,
};
use crate::{Rational, tree::Node};

pub(super) fn look(asked: &Asked, key: &Node, given: &Node, found: &mut Vec<Mistake>) {
    if !asked.asks(Cue::Percent) || !key.is_closed() || !given.is_closed() {
        return;
    }
    let target = Target::new(given);
    let hundred = Rational::from_integer(100.into());
    let is_key = |value: &Rational| keyed(&number(value.clone()), key);
    let is_given = |value: &Rational| target.is(&number(value.clone()));
    let numbers = || asked.numbers.iter().filter(|number| number.is_positive());
    for old in numbers() {
        for new in numbers().filter(|new| *new != old) {
            let change = (new - old).abs();
            let mut tell = |right: &Rational, wrong: &[(Rational, Mistake)]| {
                if is_key(right) {
                    found.extend(wrong.iter().filter(|(value, _)| is_given(value)).map(|(_, mistake)| *mistake));
                }
            };
            // By how many percent it changes.
            tell(
                &(&change / old * &hundred),
                &[
                    (&change / new * &hundred, PercentOfOther),
                    (new / old * &hundred, PercentOfWhole),
                    (old / new * &hundred, PercentOfWhole),
                    (change.clone(), Unfinished),
                    (&change * &hundred, Unfinished),
                    (&change / old, DecimalPoint),
                ],
            );
            // How many percent the one is of the other.
            tell(
                &(new / old * &hundred),
                &[
                    (old / new * &hundred, PercentOfOther),
                    (new / old, DecimalPoint),
                    (new * old / &hundred, PercentOfOther),
                ],
            );
            // `new` percent of `old`, and of what it is so many percent.
            let [part, whole] = [old * new / &hundred, old * &hundred / new];
            tell(&part, &[(whole.clone(), PercentOfOther), (old - &part, OtherPart), (old + &part, OtherPart)]);
            tell(&whole, &[(part.clone(), PercentOfOther)]);
            for (right, wrong) in [(old - &part, old + &part), (old + &part, old - &part)] {
                if !right.is_zero() {
                    tell(
                        &right,
                        &[
                            (part.clone(), Unfinished),
                            (wrong, WhichOperation),
                            (old - new, PercentOfOther),
                            (old + new, PercentOfOther),
                        ],
                    );
                }
            }
        }
    }
}
