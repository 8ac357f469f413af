//! Elements that are always closed, text that is always escaped.

use cql::xcql::escape;

use crate::Fragment;

/// A document in the making.
pub(crate) struct Xml {
    text: String,
    open: Vec<&'static str>,
}

impl Xml {
    /// With its declaration.
    pub(crate) fn document() -> Self {
        let mut xml = Self::fragment();
        xml.text
            .push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        xml
    }

    pub(crate) fn fragment() -> Self {
        Self {
            text: String::with_capacity(2048),
            open: Vec::new(),
        }
    }

    /// A stylesheet, before the root. The value is escaped as in an attribute: with `>` written
    /// `&gt;` nothing in it can end the instruction.
    pub(crate) fn stylesheet(&mut self, href: &str) {
        self.text
            .push_str("<?xml-stylesheet type=\"text/xsl\" href=\"");
        self.text.push_str(&escape(href));
        self.text.push_str("\"?>\n");
    }

    pub(crate) fn open(&mut self, name: &'static str) {
        self.open_with(name, &[]);
    }

    pub(crate) fn open_with(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes);
        self.text.push('>');
        self.open.push(name);
    }

    /// The one that was opened last.
    pub(crate) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.text.push_str("</");
            self.text.push_str(name);
            self.text.push('>');
        }
    }

    pub(crate) fn leaf(&mut self, name: &'static str, text: &str) {
        self.leaf_with(name, &[], text);
    }

    pub(crate) fn leaf_with(
        &mut self,
        name: &'static str,
        attributes: &[(&str, &str)],
        text: &str,
    ) {
        self.open_with(name, attributes);
        self.text.push_str(&escape(text));
        self.close();
    }

    pub(crate) fn leaf_if(&mut self, name: &'static str, text: Option<&str>) {
        if let Some(text) = text {
            self.leaf(name, text);
        }
    }

    pub(crate) fn text(&mut self, text: &str) {
        self.text.push_str(&escape(text));
    }

    /// Markup that is known to be well-formed.
    pub(crate) fn markup(&mut self, fragment: &Fragment) {
        self.text.push_str(fragment.as_str());
    }

    /// Markup of our own making.
    pub(crate) fn trusted(&mut self, markup: &str) {
        self.text.push_str(markup);
    }

    /// Closes what is open.
    pub(crate) fn finish(mut self) -> String {
        while !self.open.is_empty() {
            self.close();
        }
        self.text
    }

    fn tag(&mut self, name: &str, attributes: &[(&str, &str)]) {
        self.text.push('<');
        self.text.push_str(name);
        for (name, value) in attributes {
            self.text.push(' ');
            self.text.push_str(name);
            self.text.push_str("=\"");
            self.text.push_str(&escape(value));
            self.text.push('"');
        }
    }
}
