//! `tandem engine place`: the pre-test on a bare graph or on a course, spoken to line by line or taken by simulated
//! students whose truth is known.

mod course;
mod graph;
mod interactive;
mod judged;
mod simulate;

use crate::cli::data::say;
use clap::{Args, ValueEnum};
use engine::{
    Parameters,
    placement::{Prior, Terrain},
};
use serde_json::json;
use simulation::Generator;
use std::{io, path::PathBuf, process::ExitCode};

/// Takes a pre-test over a graph or a course.
#[derive(Args)]
pub struct Place {
    /// A graph: a table with the columns name, prerequisites, topic and area, or JSON.
    #[arg(long, required_unless_present_any = ["course", "oatutor"], conflicts_with_all = ["course", "oatutor"])]
    graph: Option<PathBuf>,
    /// A course in the plain-text format, for simulated students.
    #[arg(long, requires = "students", conflicts_with_all = ["oatutor", "generator", "interactive"])]
    course: Option<PathBuf>,
    /// An OATutor tree, for simulated students.
    #[arg(long, requires = "students", conflicts_with_all = ["generator", "interactive"])]
    oatutor: Option<PathBuf>,
    /// Questions at most.
    #[arg(long, default_value_t = 25)]
    questions: usize,
    /// Decides what is left to chance.
    #[arg(long, default_value_t = 1)]
    seed: i64,
    /// Speaks with whoever answers, line by line: a skill id is asked; `1`, `0`, `dontknow`, `report` or `new` is read.
    #[arg(long, conflicts_with = "students")]
    interactive: bool,
    /// Simulated students.
    #[arg(long)]
    students: Option<u64>,
    /// Their population, on a graph.
    #[arg(long, value_enum, requires = "students")]
    generator: Option<Named>,
    /// Asks every one of the questions: neither certainty nor a likely success ends it sooner.
    #[arg(long, requires = "students")]
    keep_asking: bool,
    /// On a course: so many seeds from `--seed` on.
    #[arg(long, default_value_t = 1, conflicts_with = "graph")]
    seeds: u64,
    /// On a course: the simulated students' parameters, as JSON.
    #[arg(long, conflicts_with = "graph")]
    model_file: Option<PathBuf>,
    /// One JSON object.
    #[arg(long, conflicts_with = "interactive")]
    json: bool,
}

/// A population by name.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Named {
    Blim,
    Cutoff,
    Irt,
    Swiss,
}

impl From<Named> for Generator {
    fn from(named: Named) -> Self {
        match named {
            Named::Blim => Self::Blim,
            Named::Cutoff => Self::Cutoff,
            Named::Irt => Self::Irt,
            Named::Swiss => Self::Swiss,
        }
    }
}

impl Place {
    /// Exit 1 when a file is malformed, 2 when a graph's students have no population.
    pub fn run(self) -> anyhow::Result<ExitCode> {
        let Some(path) = &self.graph else { return course::run(&self) };
        let prior = Prior::new(Terrain::new(&graph::read_graph(path)?), &self.parameters());
        let terrain = &prior.terrain;
        let name = |place: usize| terrain.skills[place].as_str();
        for (skill, need) in &terrain.dropped {
            eprintln!("dropped, since it closes a cycle: {} needs {}", name(*skill), name(*need));
        }
        if self.interactive {
            let (input, output) = (io::stdin().lock(), io::stdout().lock());
            interactive::speak(&prior, &self.parameters(), self.seed, input, output, io::stderr())?;
            return Ok(ExitCode::SUCCESS);
        }
        match (self.students, self.generator) {
            (Some(students), Some(generator)) => simulate::run(&self, &prior, students, generator.into()),
            (Some(_), None) => {
                eprintln!("tandem: --students on a graph needs --generator blim, cutoff, irt or swiss");
                Ok(ExitCode::from(2))
            }
            (None, _) => {
                let dropped: Vec<_> = terrain.dropped.iter().map(|(skill, need)| [name(*skill), name(*need)]).collect();
                let edges: usize = terrain.needs.iter().map(Vec::len).sum();
                say(json!({ "skills": terrain.skills.len(), "edges": edges, "dropped": dropped }));
                Ok(ExitCode::SUCCESS)
            }
        }
    }

    /// Where every question is to be asked, the limit is one further, so that the last is no likely success either.
    fn parameters(&self) -> Parameters {
        let most = self.questions + usize::from(self.keep_asking);
        let least = if self.keep_asking { most } else { Parameters::default().placement_questions.0.min(most) };
        Parameters { placement_questions: (least, most), ..Parameters::default() }
    }
}
