//! Every word that a gateway can tell: the sequences of facts up to a length, each fact as often as it likes.

use std::collections::BTreeMap;

use super::telling::{Answer, End, Fact, Telling, Truth};

/// A gateway with its truth, about to tell.
#[derive(Debug)]
pub struct Case {
    pub name: String,
    pub telling: Telling,
    /// The client's request and its key.
    pub body: String,
    pub key: &'static str,
    /// Of each call: its own answer, and what became of it.
    pub calls: Vec<(Answer, Truth)>,
    /// What of an end must be the same.
    pub normalised: fn(&End) -> String,
}

/// What the words of a case came to.
#[derive(Debug, Default)]
pub struct Visited {
    pub words: usize,
    /// How many different worlds they led through. The core is a function, so one world is asked one thing only once.
    pub worlds: usize,
    /// Each end that was met, with the first word that led to it, by what distinguishes words.
    pub ends: BTreeMap<(String, bool), String>,
}

/// The worlds that were met, and where each fact leads from each.
struct Met<'c> {
    case: &'c Case,
    ids: BTreeMap<String, usize>,
    tellings: Vec<Telling>,
    told: BTreeMap<(usize, Fact), usize>,
    ended: BTreeMap<usize, String>,
}

/// Says which word it was when a check inside the world stops the test.
struct Saying<'s>(&'s str, &'s [Fact]);

impl Drop for Saying<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            eprintln!("{}: {:?}", self.0, self.1);
        }
    }
}

impl Case {
    /// What can be told of these calls. A success of what did not happen is never told, nor a failure of what is not decided. The
    /// own answer of a call that was answered before the test began has been told.
    fn letters(&self) -> Vec<Fact> {
        let mut letters = Vec::new();
        for (call, (_, truth)) in self.calls.iter().enumerate() {
            if self.telling.is_held(call) {
                letters.push(Fact::Answer(call));
            }
            if *truth == Truth::Happened {
                letters.push(Fact::Succeeded(call));
            }
            if *truth != Truth::Pending {
                letters.push(Fact::Failed(call));
            }
        }
        letters
    }

    /// Whether the word can be told of the truth.
    fn is_true(&self, word: &[Fact]) -> bool {
        self.calls.iter().enumerate().all(|(call, (answer, truth))| {
            let said = |fact| word.contains(&fact);
            let was_answered = !self.telling.is_held(call) || said(Fact::Answer(call));
            let success = said(Fact::Succeeded(call)) || (was_answered && *answer == Answer::Done);
            let failure = said(Fact::Failed(call)) || (was_answered && *answer == Answer::Refused);
            match truth {
                Truth::Happened => success || !failure,
                Truth::Failed => !success,
                Truth::Pending => !success && !failure,
            }
        })
    }

    /// Tells every word of up to `longest` facts, and ends each. `is_apart` separates the words that end otherwise.
    pub fn visit(&self, longest: usize, is_apart: impl Fn(&[Fact]) -> bool) -> Visited {
        let mut visited = Visited::default();
        let mut met = Met {
            case: self,
            ids: BTreeMap::new(),
            tellings: Vec::new(),
            told: BTreeMap::new(),
            ended: BTreeMap::new(),
        };
        let start = met.id(self.telling.clone());
        let letters = self.letters();
        let mut open: Vec<(Vec<Fact>, usize)> = vec![(Vec::new(), start)];
        while let Some((word, at)) = open.pop() {
            if self.is_true(&word) {
                visited.words += 1;
                let end = (met.end(at, &word).clone(), is_apart(&word));
                visited.ends.entry(end).or_insert_with(|| format!("{word:?}"));
            }
            if word.len() < longest {
                for fact in &letters {
                    let longer = [word.as_slice(), &[*fact]].concat();
                    let next = met.tell(at, *fact, &longer);
                    open.push((longer, next));
                }
            }
        }
        visited.worlds = met.tellings.len();
        visited
    }
}

impl Met<'_> {
    fn id(&mut self, telling: Telling) -> usize {
        let next = self.tellings.len();
        let id = *self.ids.entry(telling.fingerprint()).or_insert(next);
        if id == next {
            self.tellings.push(telling);
        }
        id
    }

    fn tell(&mut self, at: usize, fact: Fact, word: &[Fact]) -> usize {
        if let Some(next) = self.told.get(&(at, fact)) {
            return *next;
        }
        let _saying = Saying(&self.case.name, word);
        let mut next = self.tellings[at].clone();
        next.tell(fact);
        let next = self.id(next);
        self.told.insert((at, fact), next);
        next
    }

    fn end(&mut self, at: usize, word: &[Fact]) -> &String {
        let (case, telling) = (self.case, &self.tellings[at]);
        self.ended.entry(at).or_insert_with(|| {
            let _saying = Saying(&case.name, word);
            let end = telling.clone().end(&case.body, case.key);
            end.agrees_with_the_books().unwrap_or_else(|why| panic!("{why}: {}", end.world.row.state));
            (case.normalised)(&end)
        })
    }
}
