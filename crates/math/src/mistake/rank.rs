//! Which of several explanations is given: the most telling one, what all have in common, or none.

use super::Mistake::{self, *};

/// The most telling one, if it stands alone among its equals; otherwise what is true of all of them, or a remark that
/// is true in any case.
pub(super) fn best(mut found: Vec<Mistake>) -> Option<Mistake> {
    found.sort_unstable_by_key(|mistake| (std::cmp::Reverse(mistake.weight()), *mistake));
    found.dedup();
    for (strong, weak) in SAYS_MORE {
        if found.contains(strong) {
            found.retain(|mistake| !weak.contains(mistake));
        }
    }
    let first = *found.first()?;
    let rivals: Vec<Mistake> = found.iter().copied().filter(|other| other.weight() == first.weight()).collect();
    if rivals.len() == 1 {
        return Some(first);
    }
    let family = FAMILIES.iter().find(|(_, members)| rivals.iter().all(|rival| members.contains(rival)));
    match family {
        Some((name, _)) => Some(*name),
        None => found.into_iter().find(|mistake| mistake.is_always_true()),
    }
}

/// Where the first is found, the others say the same less well.
const SAYS_MORE: &[(Mistake, &[Mistake])] = &[
    // Not turning the divisor over is turning it over once too often.
    (DidNotInvert, &[UpsideDown]),
    (MinusBeforeBrackets, &[SignOfTerm, SignInside]),
    (DifferenceOfSquares, &[SignOfTerm]),
    // A fractional exponent as a factor is the same mistake by another name.
    (RootAndExponent, &[BaseTimesExponent, LostRoot, PowerForRoot, OtherRoot]),
    (MovedTerm, &[SignInside]),
    (ConversionNumber, &[DecimalPoint]),
    (Unfinished, &[ValuesSwapped]),
    (LostDenominator, &[LostLetter, Operation]),
    (OneOfTwo, &[SameValueTwice]),
    (SignOfValue, &[SignInside, SignOfProduct]),
    (UpsideDown, &[InverseOrDirect]),
    // Counting is arithmetic.
    (OffByOne, &[Arithmetic]),
    (NotCommonMultiple, &[NumberOfQuestion, WhichOperation]),
    (SmallerMultiple, &[WhichOperation]),
    (Formula, &[WhichOperation, Unfinished]),
    (PercentOfOther, &[WhichOperation, DecimalPoint]),
    // One place says more than several.
    (NumberAlone, &[SomeCoefficient]),
    (HighestTerm, &[SomeCoefficient]),
    (OneTerm, &[SomeCoefficient]),
    (TermMissing, &[Unfinished, SomeCoefficient]),
    (OtherQuantity, &[OtherPart, OnTheWay, WhichOperation]),
    (GreaterFactor, &[NumberOfQuestion, WhichOperation, CommonFactor]),
    (MultipleForFactor, &[NumberOfQuestion, WhichOperation, NotCommonFactor]),
    (OnceRound, &[Formula, WhichOperation]),
    (KeptDigits, &[Rounding]),
    (PartOfRoot, &[OutOfRoot]),
    (RootTwice, &[PartOfRoot]),
    (PartsMixed, &[Unfinished, WhichOperation, NumberLeftOut]),
    (LostDenominator, &[OnTheWay]),
    (Zeros, &[Arithmetic]),
    (NumberAlone, &[OneTerm]),
];

/// What is true of all of these, for answers that several of them give.
const FAMILIES: &[(Mistake, &[Mistake])] = &[
    (
        SignInside,
        &[SignInside, SignOfValue, MovedTerm, SignOfProduct, MinusBeforeBrackets, OrderOfTerms, SquareOfNegative],
    ),
    (Operation, &[Operation, WhichOperation, InverseOperation]),
    (BothSides, &[MovedTerm, ClearedInPart, InverseOperation]),
    (NoCommonDenominator, &[NoCommonDenominator, TopsAndBottoms]),
    (
        ExponentRule,
        &[
            NegativeExponent,
            BaseTimesExponent,
            ExponentsOfProduct,
            ExponentsOfPower,
            ExponentsOfQuotient,
            ExponentsOfLikeTerms,
            ZeroExponent,
            PowerOfPart,
            RootAndExponent,
        ],
    ),
    (
        RootRule,
        &[
            RootAndExponent,
            RootAsDivision,
            LostRoot,
            RootOfSum,
            OtherRoot,
            OutOfRoot,
            PowerForRoot,
            RootTwice,
            NumbersBeforeRoots,
        ],
    ),
];
