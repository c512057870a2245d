//! What comes back for an event: the judgement in words for children, help that changes its form, what is done.

use super::{
    example,
    judge::find_hint,
    present::Shown,
    progress::{SkillProgress, progress_at},
    said::{DetourSaid, Said, part_done},
    stored::StoredBody,
};
use crate::{
    app::{Problem, problem::ProblemBody},
    library::Published,
};
use curriculum::{BuggyAnswer, HintBody, KeyedItem, Lang, MisconceptionId, Part, PartId, PublicHint, SkillId, markup};
use engine::{
    detect::HelpForm,
    detour::{Because, Ending},
    grading::{Judgement, Message, Response, foreseen},
    record::{Body, HeadState},
};
use serde::Serialize;
use uuid::Uuid;

/// The answer to one event.
#[derive(Serialize)]
pub struct Verdict {
    pub id: Uuid,
    /// `stored`, `known` or `refused`.
    pub status: &'static str,
    pub problem: Option<ProblemBody>,
    pub judgement: Option<JudgementSeen>,
    pub hint: Option<PublicHint>,
    pub solution: Option<String>,
    pub help: Option<HelpSeen>,
    pub part_done: bool,
    pub item_done: bool,
    pub skill: Option<SkillProgress>,
    pub became_ready: Vec<SkillName>,
    /// The detour that the question belongs to ended so.
    pub detour_ended: Option<Ending>,
}

/// A judgement as a student sees it.
#[derive(Clone, Serialize)]
pub struct JudgementSeen {
    /// As in the engine, or `recorded` in a pre-test.
    pub verdict: String,
    pub counts: bool,
    pub message: Option<Message>,
    pub misconception: Option<MisconceptionId>,
    pub truth: Option<String>,
    pub conflict: Option<String>,
    pub feedback: Option<String>,
}

/// Help in another form.
#[derive(Serialize)]
pub struct HelpSeen {
    pub form: HelpForm,
    pub example: Option<ExampleSeen>,
    pub detour: Option<DetourSeen>,
}

/// A detour as it is offered.
#[derive(Serialize)]
pub struct DetourSeen {
    pub id: Uuid,
    pub skill: SkillName,
    pub because: Because,
}

/// A worked example of another question of the same skill.
#[derive(Serialize)]
pub struct ExampleSeen {
    /// It may be called one like the question in hand; else it only needs the same skill.
    pub alike: bool,
    pub stem: String,
    pub prompt: String,
    pub solution: String,
}

/// A skill by name.
#[derive(Clone, Debug, Serialize)]
pub struct SkillName {
    pub id: SkillId,
    pub name: String,
}

impl SkillName {
    /// The skill's short name in a language.
    pub fn of(published: &Published, skill: &SkillId, lang: &Lang) -> Self {
        let name = published.course.skill(skill).map(|skill| skill.name.words(lang));
        Self { id: skill.clone(), name: name.unwrap_or_default() }
    }
}

impl Verdict {
    /// An event that was not taken.
    pub fn refused(id: Uuid, problem: &Problem) -> Self {
        Self { status: "refused", problem: Some(problem.body()), ..Self::empty(id) }
    }

    fn empty(id: Uuid) -> Self {
        Self {
            id,
            status: "stored",
            problem: None,
            judgement: None,
            hint: None,
            solution: None,
            help: None,
            part_done: false,
            item_done: false,
            skill: None,
            became_ready: Vec::new(),
            detour_ended: None,
        }
    }

    /// The answer to a stored event, the same whenever it is asked for.
    pub fn of(
        status: &'static str,
        event: &store::Event,
        shown: &Shown,
        part: &PartId,
        published: Option<&Published>,
    ) -> Result<Self, Problem> {
        let said = Said::read(event).map_err(Problem::failure)?;
        let mut verdict = Self { status, ..Self::empty(event.id) };
        let lang = &shown.keyed.lang;
        match StoredBody::read(event)? {
            Body::Answered(answered) => {
                verdict.judgement =
                    Some(judgement_seen(&answered.judgement, &answered.response, shown, part, published));
                verdict.help = said.help.map(|form| help(form, said.detour.as_ref(), shown, part, published));
                verdict.skill =
                    said.skill.and_then(|(skill, standing)| Some(progress_at(published?, &skill, standing, lang)));
            }
            Body::DetourDeclined(_) => {
                verdict.help = said.help.map(|form| help(form, said.detour.as_ref(), shown, part, published));
            }
            Body::ScaffoldAnswered(answered) => {
                verdict.judgement = Some(judgement_seen(&answered.judgement, &answered.response, shown, part, None));
            }
            Body::HintOpened(opened) => {
                verdict.hint = Some(shown.keyed.public_hint(find_hint(shown, part, &opened.hint)?));
            }
            Body::SolutionOpened(_) => {
                let part = shown.keyed.part(part).ok_or_else(|| Problem::missing("part"))?;
                verdict.solution = Some(worked(&shown.keyed, part));
            }
            _ => {}
        }
        verdict.part_done = said.part_done;
        verdict.detour_ended = said.detour_ended;
        verdict.item_done = said.item_done;
        verdict.became_ready =
            said.became_ready.iter().filter_map(|skill| Some(SkillName::of(published?, skill, lang))).collect();
        Ok(verdict)
    }
}

/// True when every part is done.
pub fn item_done(head: &HeadState, shown: &Shown) -> bool {
    shown.keyed.item.parts.iter().all(|part| part_done(head, shown.id, &part.id, shown.is_pre_test()))
}

/// The judgement as this student may see it: in a pre-test only that it was taken.
pub fn judgement_seen(
    judgement: &Judgement,
    response: &Response,
    shown: &Shown,
    part: &PartId,
    published: Option<&Published>,
) -> JudgementSeen {
    let quiet = |verdict: &str| JudgementSeen {
        verdict: verdict.to_owned(),
        counts: judgement.verdict.counts(),
        message: None,
        misconception: None,
        truth: None,
        conflict: None,
        feedback: None,
    };
    // What does not count is asked back, or nobody could go on.
    if shown.is_pre_test() && judgement.verdict.counts() {
        return quiet("recorded");
    }
    let name = serde_json::to_value(judgement.verdict).ok().and_then(|value| value.as_str().map(str::to_owned));
    let mut seen = quiet(&name.unwrap_or_default());
    seen.message.clone_from(&judgement.message);
    let Some(misconception) = &judgement.misconception else { return seen };
    let lang = &shown.keyed.lang;
    let html = |text: &curriculum::Text| (!text.is_empty()).then(|| text.html(lang));
    seen.misconception = Some(misconception.clone());
    let buggy = shown.keyed.part(part).and_then(|part| author_says(part, response, misconception, lang));
    seen.feedback = buggy.and_then(|buggy| html(&buggy.feedback));
    // What the author says to this very answer takes the place of what fits every one.
    if seen.feedback.is_none()
        && let Some(known) = published.and_then(|published| published.course.misconceptions.get(misconception))
    {
        seen.truth = html(&known.truth);
        seen.conflict = html(&known.conflict);
    }
    seen
}

/// What the author foresaw of this answer. One idea may lead to several wrong answers, each with words of its own.
fn author_says<'a>(
    part: &'a Part,
    response: &Response,
    misconception: &MisconceptionId,
    lang: &Lang,
) -> Option<&'a BuggyAnswer> {
    foreseen(&part.question, &part.buggy, response, lang).filter(|buggy| buggy.misconception == *misconception)
}

/// The judgement as a teacher sees it: of a pre-test too.
pub fn judgement_for_teacher(
    judgement: &Judgement,
    response: &Response,
    shown: &Shown,
    part: &PartId,
    published: Option<&Published>,
) -> JudgementSeen {
    let mut seen = judgement_seen(judgement, response, shown, part, published);
    if let Some(name) = serde_json::to_value(judgement.verdict).ok().and_then(|value| value.as_str().map(str::to_owned))
    {
        seen.verdict = name;
    }
    seen
}

/// Help in this form, with its example.
pub fn help(
    form: HelpForm,
    detour: Option<&DetourSaid>,
    shown: &Shown,
    part: &PartId,
    published: Option<&Published>,
) -> HelpSeen {
    if let (HelpForm::Detour, Some(detour), Some(published)) = (form, detour, published) {
        let skill = SkillName::of(published, &detour.skill, &shown.keyed.lang);
        let detour = Some(DetourSeen { id: detour.id, skill, because: detour.because.clone() });
        return HelpSeen { form, example: None, detour };
    }
    let example = match form {
        HelpForm::Example => published.and_then(|published| sibling_example(published, shown, part)),
        _ => None,
    };
    let form = if form == HelpForm::Example && example.is_none() { HelpForm::OtherItem } else { form };
    HelpSeen { form, example, detour: None }
}

/// Another question of the same skill, worked through.
fn sibling_example(published: &Published, shown: &Shown, part: &PartId) -> Option<ExampleSeen> {
    let (keyed, part, likeness) = example::beside(published, shown, part)?;
    let part = keyed.part(&part)?;
    Some(ExampleSeen {
        alike: likeness.is_alike(),
        stem: keyed.item.stem.html(&keyed.lang),
        prompt: part.question.prompt.html(&keyed.lang),
        solution: worked(&keyed, part),
    })
}

/// The whole way of solving a part: the author's, else what its hints say one after the other, then the answer.
pub fn worked(keyed: &KeyedItem, part: &Part) -> String {
    let lang = &keyed.lang;
    if !part.solution.is_empty() {
        return part.solution.html(lang);
    }
    let steps: String = part
        .hints
        .iter()
        .map(|hint| match &hint.body {
            HintBody::Tell { text } => format!("<li>{}</li>", text.html(lang)),
            HintBody::Ask { question, .. } => {
                format!("<li>{} {}</li>", question.prompt.html(lang), answer_html(&question.interaction, lang))
            }
        })
        .collect();
    format!("<ol>{steps}<li><strong>{}</strong></li></ol>", answer_html(&part.question.interaction, lang))
}

/// The right answer, to be shown.
pub fn answer_html(interaction: &curriculum::Interaction, lang: &Lang) -> String {
    use curriculum::Interaction::{Choice, Equation, Expression, MultipleChoice, Numeric, ShortText};
    match interaction {
        Choice { options, .. } | MultipleChoice { options, .. } => options
            .iter()
            .filter(|option| option.correct)
            .map(|option| option.text.html_inline(lang))
            .collect::<Vec<_>>()
            .join(", "),
        Numeric(key) | Expression(key) | Equation(key) => {
            let answer = key.accepted.first().map(String::as_str).unwrap_or_default();
            let drawn = math::read(answer, key.kind, math::DecimalMark::Point).map(|read| math::latex(&read));
            drawn.map_or_else(|_| markup::html_inline(answer, lang), |latex| markup::mathml(&latex, false, lang))
        }
        ShortText { accepted } => accepted.first().map(|text| text.html_inline(lang)).unwrap_or_default(),
    }
}
