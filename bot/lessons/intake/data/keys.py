"""Names of keys in data files, and of columns in sheets, by what they hold."""

# What a question can be called where nothing else is called a question.
NAME_KEYS = ("title", "name", "heading", "header", "summary", "label", "subject", "term")
QUESTION_KEYS = (
    "question", "questions", "q", "question text", "frage", "pregunta", "prompt", "front", "ask", "query",
    "instruction", *NAME_KEYS,
)  # fmt: skip
# What an answer can be called where nothing is called an answer.
BODY_KEYS = (
    "content", "contents", "text", "body", "description", "definition", "value", "html", "markdown",
)  # fmt: skip
ANSWER_KEYS = (
    "answer", "answers", "correct answer", "correctanswer", "correct answers", "correct option",
    "richtige antwort", "richtige antworten", "respuesta correcta", "respuestas correctas", "a",
    "answer text", "accepted answer", "acceptedanswer", "antwort", "antworten",
    "respuesta", "respuestas", "response", "responses", "reply", "back", "completion", "solution", *BODY_KEYS,
)  # fmt: skip
# With a number, these say how many answers there are, or which of them is accepted.
COUNT_KEYS = (
    "answers", "responses", "replies", "antworten", "respuestas", "accepted answer", "acceptedanswer",
)  # fmt: skip
# A post of a forum has these, also without an answer: its own text is somebody's question.
POST_KEYS = (
    "answer", "answers", "accepted answer", "acceptedanswer",
    "is answered", "isanswered", "answer count", "answercount", "answerchosenat", "answer chosen at",
    "suggestedanswer",
)  # fmt: skip
REPLIES_KEYS = ("comments", "replies", "kommentare", "comentarios")
# Where a text with comments is an article of a help centre or a site, and not somebody's post: what it is called,
# where it stands, and what only Zendesk, Intercom, Freshdesk, WordPress and the like say of one.
ARTICLE_KINDS = (
    "article", "page", "faq", "help article", "kb article", "solution article", "doc", "guide", "artikel",
    "art\u00edculo",
)  # fmt: skip
ARTICLE_LISTS = (
    "article", "articles", "pages", "help articles", "kb articles", "knowledge base", "solution articles",
    "guides", "faq", "faqs", "artikel", "art\u00edculos",
)  # fmt: skip
ARTICLE_KEYS = (
    "section id", "sectionid", "promoted", "label names", "comments disabled", "comment status", "folder id",
    "collection id", "collectionid", "workspace id", "user segment id", "permission group id",
)  # fmt: skip
PHRASING_KEYS = (
    "phrasings", "phrasing", "aliases", "alias", "variants", "variations", "patterns", "alternatives",
    "alternative questions", "similar questions", "utterances", "examples", "synonyms", "other questions",
    "alternate questions", "also", "alternativen", "alternative fragen", "varianten", "formulierungen", "synonyme",
    "triggers", "trigger",
    "alternativas", "variantes", "formulaciones", "sinonimos", "sin\u00f3nimos", "otras preguntas",
)  # fmt: skip
# Beside a mail address, a name is that of a person; in the sheet of a form, also beside one of the others.
MAIL_KEYS = (
    "email", "e mail", "mail", "email address", "e mail address", "e mail adresse", "correo",
    "correo electr\u00f3nico", "direcci\u00f3n de correo electr\u00f3nico",
)  # fmt: skip
FORM_KEYS = (
    *MAIL_KEYS, "timestamp", "zeitstempel", "marca temporal", "username", "user name", "benutzername",
    "nombre de usuario",
)  # fmt: skip
# Words for an entry, where there is a question: the data of a page has them as well.
KEYWORD_KEYS = ("keywords", "keyword", "schlagworte", "stichworte", "stichw\u00f6rter", "palabras clave")
CATEGORY_KEYS = (
    "category", "section", "topic", "chapter", "group", "kategorie", "thema", "categor\u00eda", "tema",
)  # fmt: skip
# What a quiz says about its answer belongs to the answer.
EXPLANATION_KEYS = ("explanation", "explanations", "erkl\u00e4rung", "explicaci\u00f3n", "explicacion")
# Where a bot has words that trigger a reply, this is what it says. Elsewhere, a message is often somebody's.
REPLY_KEYS = ("message", "msg", "output")
# What members type for a reply of a bot, and other signs that a reply is a bot's.
COMMAND_KEYS = ("command", "cmd", "commands")
BOT_KEYS = (*COMMAND_KEYS, "trigger", "triggers", "cooldown", "uses", "owner id")
TITLE_KEYS = ("title", "name", "category", "section", "topic", "heading", "label", "group", "chapter", "lesson")
# What stands under these keys is all of a file's questions, and no section of them.
UNTITLED_KEYS = (
    "questions", "faq", "faqs", "items", "entries", "data", "mainentity", "intents", "conversations",
)  # fmt: skip
TAG_KEYS = ("tag", "id", "slug", "intent", "key")
TEXT_KEYS = ("text", "content", "value", "answer", "body", "html", "markdown")
