//! What a student was told about an event, kept with it, so that the same event sent again is answered the same:
//! later answers change what is true of a part or a skill, and not what was said.

use super::progress::Standing;
use curriculum::{PartId, SkillId};
use engine::{
    detect::{HelpForm, help_after},
    detour::{Because, DetourOffered, Ending, offer_id},
    record::{Body, HeadState, Loaded},
};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The member of an event's server part that holds it.
const MEMBER: &str = "said";

/// The question that an event is about.
#[derive(Clone, Debug)]
pub struct Asked {
    pub presentation: Uuid,
    pub part: PartId,
    /// All parts of the question.
    pub parts: Vec<PartId>,
    /// No right or wrong is shown and no help is given.
    pub pre_test: bool,
}

/// What follows from an event as it was first seen; the words are made from it each time.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Said {
    pub part_done: bool,
    pub item_done: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub help: Option<HelpForm>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skill: Option<(SkillId, Standing)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub became_ready: Vec<SkillId>,
    /// The detour that help consists of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detour: Option<DetourSaid>,
    /// The detour that the question belongs to ended so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detour_ended: Option<Ending>,
}

/// A detour as it was offered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DetourSaid {
    pub id: Uuid,
    pub skill: SkillId,
    pub because: Because,
}

impl Said {
    /// What there is to say after an event, from the state it led to, what was concluded, and the detour it leads to.
    pub fn of(asked: &Asked, body: &Body, state: &Loaded, concluded: &[Body]) -> Self {
        let done = |part: &PartId| part_done(&state.head, asked.presentation, part, asked.pre_test);
        let mut said = Self {
            part_done: done(&asked.part),
            item_done: asked.parts.iter().all(done),
            became_ready: concluded.iter().filter_map(ready).collect(),
            ..Self::default()
        };
        if let Body::Answered(answered) = body
            && !asked.pre_test
        {
            said.give_help(&state.head, asked);
            said.detour_ended = concluded.iter().find_map(detour_ended);
            said.skill = answered.skills.first().and_then(|skill| {
                let known = state.skills.get(&(answered.course.clone(), skill.clone()))?;
                Some((skill.clone(), Standing::of(known)))
            });
        }
        if matches!(body, Body::DetourDeclined(_)) {
            said.give_help(&state.head, asked);
        }
        said
    }

    /// Help is a detour that is offered with this.
    pub fn offering(mut self, student: Uuid, offered: &DetourOffered) -> Self {
        self.help = Some(HelpForm::Detour);
        let id = offer_id(student, offered.cause);
        self.detour = Some(DetourSaid { id, skill: offered.skill.clone(), because: offered.because.clone() });
        self
    }

    /// Help on a part as it stands now: what was said with its last answer, unless a detour changed it since.
    pub fn help_now(
        mut self,
        head: &HeadState,
        presentation: Uuid,
        part: &PartId,
    ) -> (Option<HelpForm>, Option<DetourSaid>) {
        if head.detour_of(presentation, part).is_some() {
            self.give_help_on(head, presentation, part);
        }
        (self.help, self.detour)
    }

    fn give_help(&mut self, head: &HeadState, asked: &Asked) {
        self.give_help_on(head, asked.presentation, &asked.part);
    }

    fn give_help_on(&mut self, head: &HeadState, presentation: Uuid, part: &PartId) {
        self.help = help_after(head, presentation, part);
        let known = head.detour_of(presentation, part).filter(|_| self.help == Some(HelpForm::Detour));
        self.detour = known.map(|detour| DetourSaid {
            id: detour.id,
            skill: detour.skill.clone(),
            because: detour.because.clone(),
        });
    }

    /// Puts it into an event's server part.
    pub fn keep(&self, server: &mut serde_json::Map<String, serde_json::Value>) -> serde_json::Result<()> {
        server.insert(MEMBER.to_owned(), serde_json::to_value(self)?);
        Ok(())
    }

    /// Reads it from a stored event; nothing was said about events that nobody waited for.
    pub fn read(event: &store::Event) -> serde_json::Result<Self> {
        #[derive(Deserialize)]
        struct Server {
            #[serde(default)]
            said: Said,
        }
        serde_json::from_slice::<Server>(&event.server).map(|server| server.said)
    }
}

fn ready(concluded: &Body) -> Option<SkillId> {
    match concluded {
        Body::Ready(concluded) => Some(concluded.skill.clone()),
        _ => None,
    }
}

fn detour_ended(concluded: &Body) -> Option<Ending> {
    match concluded {
        Body::DetourFinished(ended) | Body::DetourFailed(ended) => Some(ended.ending),
        _ => None,
    }
}

/// True when nothing more is asked of the part.
pub fn part_done(head: &HeadState, presentation: Uuid, part: &PartId, pre_test: bool) -> bool {
    head.progress(presentation, part).is_some_and(|progress| progress.right || (pre_test && progress.taken))
}
