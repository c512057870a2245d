//! The mistakes that have a name.

/// A way of going wrong. In the message files its sentence is `feedback.general.<code>` and its name for teachers
/// `idea.general.<code>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mistake {
    /// Right but for its sign.
    SignOfAnswer,
    /// A negative exponent taken for a negative number, or its minus not seen.
    NegativeExponent,
    /// The slope upside down.
    RunOverRise,
    /// The reciprocal.
    UpsideDown,
    /// Only one of the two numbers of a slope.
    RiseOrRunAlone,
    /// Two members in each other's place.
    Swapped,
    /// The inequality sign points the other way.
    InequalityTurned,
    /// The end of an interval belongs to it, or does not.
    EndInOrOut,
    /// One of several members has the wrong sign.
    SignOfMember,
    /// One of several members is missing.
    MemberLost,
    /// One member too many.
    MemberTooMany,
    /// Right but for the sign of a term.
    SignOfTerm,
    /// A minus before brackets reached only the first term.
    MinusBeforeBrackets,
    /// A factor before brackets reached only one term.
    FirstTermOnly,
    /// Two brackets multiplied only first by first and last by last.
    FirstAndLastOnly,
    /// The power of a sum taken as the sum of powers.
    SquareOfSum,
    /// Fractions added top to top and bottom to bottom.
    TopsAndBottoms,
    /// Tops added without a common denominator.
    NoCommonDenominator,
    /// The denominator is lost.
    LostDenominator,
    /// Divided by a fraction without turning it over.
    DidNotInvert,
    /// Only one term was divided.
    DividedInPart,
    /// A sum below the line split into two fractions.
    SplitDenominator,
    /// Zero over a number, taken for the number.
    ZeroOnTop,
    /// The base times the exponent instead of the power.
    BaseTimesExponent,
    /// Exponents multiplied where powers are multiplied.
    ExponentsOfProduct,
    /// Exponents added where a power is raised to a power.
    ExponentsOfPower,
    /// Exponents of a quotient not subtracted top minus bottom.
    ExponentsOfQuotient,
    /// Exponents added where like terms are added.
    ExponentsOfLikeTerms,
    /// The power with exponent zero.
    ZeroExponent,
    /// An exponent applied to one factor only.
    PowerOfPart,
    /// The sign of a power of a negative number.
    SquareOfNegative,
    /// A fractional exponent read the wrong way.
    RootAndExponent,
    /// Divided or multiplied by the index instead of taking the root.
    RootAsDivision,
    /// The root is not undone or not taken.
    LostRoot,
    /// The root of a sum taken term by term.
    RootOfSum,
    /// A square root instead of a higher one.
    OtherRoot,
    /// A factor comes out of the root without its own root being taken.
    OutOfRoot,
    /// What stands under the root is wrong.
    UnderTheRoot,
    /// The numbers before roots added instead of multiplied, or lost.
    NumbersBeforeRoots,
    /// What stands before the root is wrong.
    NumberBeforeRoot,
    /// Coefficients subtracted where powers are divided.
    SubtractedCoefficients,
    /// Worked from left to right, or plus and minus before times and over.
    OrderOfOperations,
    /// A number put beside another instead of multiplied with it.
    DigitsSideBySide,
    /// The bars of an absolute value not minded.
    AbsoluteValue,
    /// Terms put together that are not alike.
    UnlikeTerms,
    /// A factor times itself taken as twice the factor.
    AddedFactors,
    /// A term brought to the other side without the inverse operation.
    MovedTerm,
    /// A factor not undone by its inverse operation.
    InverseOperation,
    /// Subtracted in the wrong order.
    OrderOfTerms,
    /// Another solution of the same equation than the one asked for.
    OtherSolution,
    /// Another value than the one asked for: the other intercept, the other coordinate.
    OtherValue,
    /// One of two values that are to be put together.
    OneOfTwo,
    /// The axis of a parabola without the two below the line.
    ForgotTwo,
    /// Rounded the wrong way, to another place, or not at all.
    Rounding,
    /// Multiplied by a conversion number instead of divided, or the other way round.
    ConvertedBackwards,
    /// Another conversion number.
    ConversionNumber,
    /// The decimal point moved by the wrong number of places.
    DecimalPoint,
    /// Factors with the right first and last terms and another middle.
    MiddleTerm,
    /// Factors that do not give the question when multiplied out.
    MultiplyOut,
    /// A factor taken out of one term only.
    FactorOfPart,
    /// Something that does not divide all that it is to be a common factor of.
    NotCommonFactor,
    /// Zero times a number taken for the number.
    TimesZero,
    /// A common factor is missing or too many.
    CommonFactor,
    /// A letter is missing.
    LostLetter,
    /// A plus or minus inside the question read the other way.
    SignInside,
    /// A value on the way to the answer.
    Unfinished,
    /// Another operation than the one written.
    Operation,
    /// Another operation than the story asks for.
    WhichOperation,
    /// One of the numbers of the story was not used.
    NumberLeftOut,
    /// Right but for its exponents.
    Exponents,
    /// Right but for the number in front.
    Coefficient,
    /// The right letters and powers with other numbers in front.
    SomeCoefficient,
    /// One of two members is right.
    OneMemberRight,
    /// A number of the question given back.
    NumberOfQuestion,
    /// One too many or too few.
    OffByOne,
    /// The value of a letter put in with the other sign.
    SignOfValue,
    /// A value put in for another letter.
    ValuesSwapped,
    /// Denominators cleared in some terms of an equation only.
    ClearedInPart,
    /// Factors with the right first term and another last.
    LastTerm,
    /// One of several factors is missing.
    FactorLost,
    /// A factor written once too often.
    FactorTooMany,
    /// Completing the square with another number than half of the middle one.
    HalfTheMiddle,
    /// The middle term of a square not doubled.
    MiddleNotDoubled,
    /// Rows of a matrix written as columns.
    RowsAndColumns,
    /// Decimals put together without lining up their points.
    DecimalPlaces,
    /// A product with a negative factor taken as positive, or the other way round.
    SignOfProduct,
    /// Squared instead of taking the root.
    PowerForRoot,
    /// The root of the root.
    RootTwice,
    /// A term taken into a fraction that stands beside it.
    TermOnTop,
    /// What cancels taken to leave zero.
    CancelledToZero,
    /// A difference of squares taken for the square of a difference.
    DifferenceOfSquares,
    /// Direct instead of inverse variation, or the other way round.
    InverseOrDirect,
    /// Scientific notation with another power of ten.
    PowerOfTen,
    /// Scientific notation without the ten.
    PowerOfTenLost,
    /// The other part of a story: both together give a number of the question.
    OtherPart,
    /// A whole number of a story rounded the other way, or not at all.
    UpOrDown,
    /// A percentage of another whole than the one meant.
    PercentOfOther,
    /// The new value as a percentage instead of the change.
    PercentOfWhole,
    /// One of two values taken twice.
    SameValueTwice,
    /// A point that fits one of two equations only.
    OneEquation,
    /// Solutions where factors are asked for.
    ZerosForFactors,
    /// An exponent read in one of several wrong ways.
    ExponentRule,
    /// A root read in one of several wrong ways.
    RootRule,
    /// Nearly the right digits.
    Arithmetic,
    /// Something done to one side or one term of an equation only.
    BothSides,
    /// A mixed number read in another way than whole plus fraction.
    MixedNumber,
    /// The zero of the top where that of the bottom is asked for.
    TopForBottom,
    /// Something that is no multiple of all numbers.
    NotCommonMultiple,
    /// A common multiple, not the least.
    SmallerMultiple,
    /// Another formula for the figure.
    Formula,
    /// Two numbers of a story put together where it takes more steps.
    OneStep,
    /// Another quantity of the story than the one asked for.
    OtherQuantity,
    /// A number that the way to the answer comes by.
    OnTheWay,
    /// Only the top of the fraction is wrong.
    TopOfFraction,
    /// Only the bottom of the fraction is wrong.
    BottomOfFraction,
    /// One term of a sum is missing.
    TermMissing,
    /// One term of a sum is too many.
    TermTooMany,
    /// Only the term without a letter is wrong.
    NumberAlone,
    /// Only the term with the highest power is wrong.
    HighestTerm,
    /// Only one term is wrong.
    OneTerm,
    /// One end of an interval is right.
    OneEndRight,
    /// Some of several members are right.
    SomeMembersRight,
    /// A minus before a root read as standing under it.
    MinusUnderRoot,
    /// A letter where a number is asked for.
    LetterLeft,
    /// Only the whole number of a mixed number is wrong.
    WholeOfMixed,
    /// Only the fraction of a mixed number is wrong.
    FractionOfMixed,
    /// The right digits but for zeros among them.
    Zeros,
    /// The number at which an inequality begins or ends.
    Boundary,
    /// Another number of a polynomial than the one asked for.
    OtherOfPolynomial,
    /// A negative answer for something that has a size.
    NegativeSize,
    /// Numbers of different parts of a story put together.
    PartsMixed,
    /// A factor with letters not used.
    FactorUnused,
    /// A single term whose number and exponents are both wrong.
    NumberAndExponents,
    /// The square of the answer.
    RootToTake,
    /// A common factor, not the greatest.
    GreaterFactor,
    /// A common multiple where a factor is asked for.
    MultipleForFactor,
    /// Length and width added once only.
    OnceRound,
    /// Digits kept behind the place to which it is rounded.
    KeptDigits,
    /// The root of one factor, the rest lost.
    PartOfRoot,
    /// A term cancelled out of a sum.
    CancelledTerm,
}

use Mistake::*;

/// Every mistake with its code and its weight.
const TABLE: [(Mistake, &str, u8); 140] = [
    (SignOfAnswer, "sign_of_answer", 6),
    (NegativeExponent, "negative_exponent", 7),
    (RunOverRise, "run_over_rise", 7),
    (UpsideDown, "upside_down", 6),
    (RiseOrRunAlone, "rise_or_run_alone", 6),
    (Swapped, "swapped", 7),
    (InequalityTurned, "inequality_turned", 7),
    (EndInOrOut, "end_in_or_out", 7),
    (SignOfMember, "sign_of_member", 7),
    (MemberLost, "member_lost", 7),
    (MemberTooMany, "member_too_many", 7),
    (SignOfTerm, "sign_of_term", 6),
    (MinusBeforeBrackets, "minus_before_brackets", 5),
    (FirstTermOnly, "first_term_only", 5),
    (FirstAndLastOnly, "first_and_last_only", 5),
    (SquareOfSum, "square_of_sum", 5),
    (TopsAndBottoms, "tops_and_bottoms", 5),
    (NoCommonDenominator, "no_common_denominator", 5),
    (LostDenominator, "lost_denominator", 3),
    (DidNotInvert, "did_not_invert", 5),
    (DividedInPart, "divided_in_part", 5),
    (SplitDenominator, "split_denominator", 5),
    (ZeroOnTop, "zero_on_top", 5),
    (BaseTimesExponent, "base_times_exponent", 5),
    (ExponentsOfProduct, "exponents_of_product", 5),
    (ExponentsOfPower, "exponents_of_power", 5),
    (ExponentsOfQuotient, "exponents_of_quotient", 5),
    (ExponentsOfLikeTerms, "exponents_of_like_terms", 5),
    (ZeroExponent, "zero_exponent", 5),
    (PowerOfPart, "power_of_part", 5),
    (SquareOfNegative, "square_of_negative", 5),
    (RootAndExponent, "root_and_exponent", 5),
    (RootAsDivision, "root_as_division", 5),
    (LostRoot, "lost_root", 5),
    (RootOfSum, "root_of_sum", 5),
    (OtherRoot, "other_root", 5),
    (OutOfRoot, "out_of_root", 4),
    (UnderTheRoot, "under_the_root", 4),
    (NumbersBeforeRoots, "numbers_before_roots", 5),
    (NumberBeforeRoot, "number_before_root", 3),
    (SubtractedCoefficients, "subtracted_coefficients", 5),
    (OrderOfOperations, "order_of_operations", 5),
    (DigitsSideBySide, "digits_side_by_side", 5),
    (AbsoluteValue, "absolute_value", 5),
    (UnlikeTerms, "unlike_terms", 5),
    (AddedFactors, "added_factors", 5),
    (MovedTerm, "moved_term", 4),
    (InverseOperation, "inverse_operation", 5),
    (OrderOfTerms, "order_of_terms", 5),
    (OtherSolution, "other_solution", 5),
    (OtherValue, "other_value", 5),
    (OneOfTwo, "one_of_two", 5),
    (ForgotTwo, "forgot_two", 5),
    (Rounding, "rounding", 5),
    (ConvertedBackwards, "converted_backwards", 6),
    (ConversionNumber, "conversion_number", 5),
    (DecimalPoint, "decimal_point", 5),
    (MiddleTerm, "middle_term", 6),
    (MultiplyOut, "multiply_out", 3),
    (FactorOfPart, "factor_of_part", 6),
    (NotCommonFactor, "not_common_factor", 6),
    (TimesZero, "times_zero", 5),
    (CommonFactor, "common_factor", 5),
    (LostLetter, "lost_letter", 4),
    (SignInside, "sign_inside", 4),
    (Unfinished, "unfinished", 4),
    (Operation, "operation", 3),
    (WhichOperation, "which_operation", 3),
    (NumberLeftOut, "number_left_out", 3),
    (Exponents, "exponents", 2),
    (Coefficient, "coefficient", 2),
    (SomeCoefficient, "some_coefficient", 2),
    (OneMemberRight, "one_member_right", 2),
    (NumberOfQuestion, "number_of_question", 2),
    (OffByOne, "off_by_one", 2),
    (SignOfValue, "sign_of_value", 5),
    (ValuesSwapped, "values_swapped", 4),
    (ClearedInPart, "cleared_in_part", 4),
    (LastTerm, "last_term", 4),
    (FactorLost, "factor_lost", 6),
    (FactorTooMany, "factor_too_many", 6),
    (HalfTheMiddle, "half_the_middle", 5),
    (MiddleNotDoubled, "middle_not_doubled", 5),
    (RowsAndColumns, "rows_and_columns", 7),
    (DecimalPlaces, "decimal_places", 5),
    (SignOfProduct, "sign_of_product", 5),
    (PowerForRoot, "power_for_root", 5),
    (RootTwice, "root_twice", 5),
    (TermOnTop, "term_on_top", 5),
    (CancelledToZero, "cancelled_to_zero", 6),
    (DifferenceOfSquares, "difference_of_squares", 5),
    (InverseOrDirect, "inverse_or_direct", 6),
    (PowerOfTen, "power_of_ten", 6),
    (PowerOfTenLost, "power_of_ten_lost", 6),
    (OtherPart, "other_part", 5),
    (UpOrDown, "up_or_down", 5),
    (PercentOfOther, "percent_of_other", 5),
    (PercentOfWhole, "percent_of_whole", 5),
    (SameValueTwice, "same_value_twice", 5),
    (OneEquation, "one_equation", 6),
    (ZerosForFactors, "zeros_for_factors", 7),
    (ExponentRule, "exponent_rule", 5),
    (RootRule, "root_rule", 5),
    (Arithmetic, "arithmetic", 2),
    (BothSides, "both_sides", 5),
    (MixedNumber, "mixed_number", 5),
    (TopForBottom, "top_for_bottom", 6),
    (NotCommonMultiple, "not_common_multiple", 5),
    (SmallerMultiple, "smaller_multiple", 5),
    (Formula, "formula", 4),
    (OneStep, "one_step", 2),
    (OtherQuantity, "other_quantity", 5),
    (OnTheWay, "on_the_way", 4),
    (TopOfFraction, "top_of_fraction", 2),
    (BottomOfFraction, "bottom_of_fraction", 2),
    (TermMissing, "term_missing", 4),
    (TermTooMany, "term_too_many", 2),
    (NumberAlone, "number_alone", 2),
    (HighestTerm, "highest_term", 2),
    (OneTerm, "one_term", 2),
    (OneEndRight, "one_end_right", 2),
    (SomeMembersRight, "some_members_right", 2),
    (MinusUnderRoot, "minus_under_root", 5),
    (LetterLeft, "letter_left", 1),
    (WholeOfMixed, "whole_of_mixed", 2),
    (FractionOfMixed, "fraction_of_mixed", 2),
    (Zeros, "zeros", 4),
    (Boundary, "boundary", 2),
    (OtherOfPolynomial, "other_of_polynomial", 4),
    (NegativeSize, "negative_size", 2),
    (PartsMixed, "parts_mixed", 4),
    (FactorUnused, "factor_unused", 4),
    (NumberAndExponents, "number_and_exponents", 2),
    (RootToTake, "root_to_take", 3),
    (GreaterFactor, "greater_factor", 6),
    (MultipleForFactor, "multiple_for_factor", 6),
    (OnceRound, "once_round", 5),
    (KeptDigits, "kept_digits", 6),
    (PartOfRoot, "part_of_root", 5),
    (CancelledTerm, "cancelled_term", 5),
];

impl Mistake {
    /// Every mistake.
    pub fn all() -> impl Iterator<Item = Mistake> {
        TABLE.into_iter().map(|(mistake, ..)| mistake)
    }

    /// Its name in messages and in the record; never changed, since the record keeps it.
    pub fn code(self) -> &'static str {
        self.row().1
    }

    /// How telling it is, 1 to 9: a rule that needs the question beats one that any wrong number could meet.
    pub fn weight(self) -> u8 {
        self.row().2
    }

    /// Whether it says no more than what can be seen beside the key, so that it is true whatever the reason.
    pub fn is_always_true(self) -> bool {
        matches!(
            self,
            SignOfTerm
                | MemberLost
                | MemberTooMany
                | LostLetter
                | Exponents
                | Coefficient
                | SomeCoefficient
                | OneMemberRight
                | NumberOfQuestion
                | OffByOne
                | MiddleTerm
                | MultiplyOut
                | CommonFactor
                | NumberBeforeRoot
                | UnderTheRoot
                | SignOfAnswer
                | DecimalPoint
                | LastTerm
                | FactorLost
                | FactorTooMany
                | OneEquation
                | PowerOfTen
                | Arithmetic
                | OnTheWay
                | TopOfFraction
                | BottomOfFraction
                | TermMissing
                | TermTooMany
                | NumberAlone
                | HighestTerm
                | OneTerm
                | OneEndRight
                | SomeMembersRight
                | LetterLeft
                | WholeOfMixed
                | FractionOfMixed
                | Zeros
                | Boundary
                | NegativeSize
                | RootToTake
                | NumberAndExponents
                | GreaterFactor
                | MultipleForFactor
        )
    }

    fn row(self) -> (Mistake, &'static str, u8) {
        TABLE[self as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_stands_in_the_order_of_the_names() {
        for (place, mistake) in Mistake::all().enumerate() {
            assert_eq!(mistake as usize, place, "{mistake:?}");
        }
    }
}
