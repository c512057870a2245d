//! The upstream files as they are written: only the fields we read, each as loosely typed as the files need.

use serde::Deserialize;
use std::collections::BTreeMap;

/// One entry of `coursePlans.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct CoursePlan {
    #[serde(rename = "courseName")]
    pub name: String,
    #[serde(default)]
    pub language: String,
    #[serde(default, rename = "courseOER")]
    pub oer: String,
    #[serde(default, rename = "courseLicense")]
    pub license: String,
    #[serde(default)]
    pub lessons: Vec<LessonPlan>,
}

/// One lesson of a course plan.
#[derive(Clone, Debug, Deserialize)]
pub struct LessonPlan {
    pub id: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub topics: String,
    #[serde(default, rename = "learningObjectives")]
    pub objectives: BTreeMap<String, f64>,
    #[serde(default, rename = "allowRecycle")]
    pub allow_recycle: Option<bool>,
    #[serde(default, rename = "chat_display_mode")]
    pub chat_display_mode: Option<String>,
}

/// `<problem>/<problem>.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Problem {
    pub id: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub body: String,
    #[serde(default)]
    pub variabilization: serde_json::Value,
    #[serde(default)]
    pub oer: String,
    #[serde(default)]
    pub license: String,
    #[serde(default)]
    pub lesson: String,
    #[serde(default, rename = "lessonId")]
    pub lesson_id: String,
    #[serde(default, rename = "courseName")]
    pub course: String,
}

/// `<problem>/steps/<step>/<step>.json`.
#[derive(Clone, Debug, Deserialize)]
pub struct Step {
    pub id: String,
    #[serde(default, rename = "stepAnswer")]
    pub answer: Vec<String>,
    #[serde(default, rename = "problemType")]
    pub problem_type: String,
    #[serde(default, rename = "stepTitle")]
    pub title: String,
    #[serde(default, rename = "stepBody")]
    pub body: String,
    #[serde(default, rename = "answerType")]
    pub answer_type: String,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default)]
    pub variabilization: serde_json::Value,
    #[serde(default, rename = "knowledgeComponents")]
    pub skills: Vec<String>,
}

/// One entry of `<step>/tutoring/<step>DefaultPathway.json`: a hint, or a scaffold (a smaller question).
#[derive(Clone, Debug, Deserialize)]
pub struct Help {
    pub id: String,
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub title: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub dependencies: Vec<String>,
    #[serde(default, rename = "problemType")]
    pub problem_type: String,
    #[serde(default, rename = "answerType")]
    pub answer_type: String,
    #[serde(default, rename = "hintAnswer")]
    pub answer: Vec<String>,
    #[serde(default)]
    pub choices: Vec<String>,
    #[serde(default, rename = "subHints")]
    pub sub_hints: Vec<Help>,
    #[serde(default)]
    pub oer: String,
    #[serde(default)]
    pub license: String,
}

/// `skillModel.json`: the skills of each step.
pub type SkillModel = BTreeMap<String, Vec<String>>;
