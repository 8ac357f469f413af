//! Branches as sources name them: a code, a name, four letters of the commune.

use circulation::BranchCode;

/// A branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct House {
    /// Its code.
    pub code: BranchCode,
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub commune: String,
}

/// All branches of the network.
#[derive(Clone, Debug, Default)]
pub struct Houses(Vec<House>);

impl Houses {
    /// These.
    pub fn new(mut houses: Vec<House>) -> Self {
        houses.sort_by_key(|house| house.code);
        Self(houses)
    }

    /// Which branch is meant: by its code, its name, or the first letters of its commune. Where several are, the one
    /// whose file it is. `None` if none is.
    pub fn find(&self, said: &str, file: BranchCode) -> Option<BranchCode> {
        let said = plain(said);
        let tests: [fn(&House, &str) -> bool; 3] = [
            |house, said| plain(house.code.as_str()) == said,
            |house, said| plain(&house.name) == said,
            |house, said| {
                let commune = plain(&house.commune);
                said.len() >= 4 && commune.starts_with(said) || commune == said
            },
        ];
        for test in tests {
            let mut fits = self.0.iter().filter(|house| test(house, &said));
            if let Some(first) = fits.next() {
                let own = first.code == file || fits.any(|house| house.code == file);
                return Some(if own { file } else { first.code });
            }
        }
        None
    }
}

/// Small letters without accents, digits, nothing else.
fn plain(text: &str) -> String {
    let folded = marc::charset::compose(text.to_owned());
    folded
        .chars()
        .flat_map(char::to_lowercase)
        .filter_map(|char| match char {
            'à' | 'â' | 'ä' => Some('a'),
            'é' | 'è' | 'ê' | 'ë' => Some('e'),
            'î' | 'ï' => Some('i'),
            'ô' | 'ö' => Some('o'),
            'ù' | 'û' | 'ü' => Some('u'),
            'ç' => Some('c'),
            '-' | ' ' | '\'' | '’' => Some('-'),
            char if char.is_alphanumeric() => Some(char),
            _ => None,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn by_code_name_and_commune() {
        let house = |code: &str, name: &str, commune: &str| House {
            code: code.parse().unwrap(),
            name: name.into(),
            commune: commune.into(),
        };
        let houses = Houses::new(vec![
            house("AVEZ", "Médiathèque Emile Zola", "Avion"),
            house("AVMR", "Bibliothèque Miss Robin", "Avion"),
            house("AIXN", "Bibliothèque d'Aix-Noulette", "Aix-Noulette"),
        ]);
        let find = |said, file: &str| {
            let found = houses.find(said, file.parse().unwrap());
            found.map(|code| code.to_string())
        };
        assert_eq!(find("AVMR", "AVEZ").as_deref(), Some("AVMR"));
        assert_eq!(
            find("MEDIATHEQUE EMILE ZOLA", "AVMR").as_deref(),
            Some("AVEZ")
        );
        assert_eq!(find("AVIO", "AVMR").as_deref(), Some("AVMR"));
        assert_eq!(find("AIX-", "AVMR").as_deref(), Some("AIXN"));
        assert_eq!(find("XXXX", "AVMR"), None);
        assert_eq!(find("", "AVMR"), None);
    }
}
