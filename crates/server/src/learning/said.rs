//! What a student was told about an event, kept with it, so that the same event sent again is answered the same:
//! later answers change what is true of a part or a skill, and not what was said.

use super::progress::Standing;
use curriculum::{PartId, SkillId};
use engine::{
    detect::{HelpForm, help_after},
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
}

impl Said {
    /// What there is to say after an event, from the state it led to and what was concluded.
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
            said.help = help_after(&state.head, asked.presentation, &asked.part);
            said.skill = answered.skills.first().and_then(|skill| {
                let known = state.skills.get(&(answered.course.clone(), skill.clone()))?;
                Some((skill.clone(), Standing::of(known)))
            });
        }
        said
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

/// True when nothing more is asked of the part.
pub fn part_done(head: &HeadState, presentation: Uuid, part: &PartId, pre_test: bool) -> bool {
    head.progress(presentation, part).is_some_and(|progress| progress.right || (pre_test && progress.taken))
}
