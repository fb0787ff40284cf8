/* args_man.c - the manual page of a command, see args.h. Source: man(7). */
#include "pan-finder/base/args_table.h"
#include "pan-finder/base/version.h"

#include <string.h>

/* Appends text for roff. A '-' is a minus sign, so that it can be copied into
 * a shell; the other characters are those that troff sets as something else. */
static void add_roff(struct pf_buf *out, const char *text, size_t len)
{
    static const char *const escape[256] = {
        ['-'] = "\\-",    ['\\'] = "\\e",   ['\''] = "\\(aq", ['`'] = "\\(ga",
        ['^'] = "\\(ha", ['~'] = "\\(ti", ['"'] = "\\(dq",
    };

    if (len > 0 && text[0] == '.')
        pf_buf_adds(out, "\\&");       /* a line that starts with a dot is a request */
    for (size_t i = 0; i < len; i++) {
        const char *e = escape[(unsigned char)text[i]];
        if (e != NULL)
            pf_buf_adds(out, e);
        else
            pf_buf_addc(out, text[i]);
    }
}

static void add_roffs(struct pf_buf *out, const char *text)
{
    add_roff(out, text, strlen(text));
}

static void add_upper(struct pf_buf *out, const char *text)
{
    for (; *text != '\0'; text++)
        pf_buf_addc(out, (char)(*text >= 'a' && *text <= 'z' ? *text - 32 : *text));
}

/* Paragraphs are separated by an empty line; each line is a roff line. */
static void add_paragraphs(struct pf_buf *out, const char *text)
{
    while (*text != '\0') {
        size_t len = strcspn(text, "\n");

        if (len == 0) {
            pf_buf_adds(out, ".PP\n");
            text += strspn(text, "\n");
            continue;
        }
        add_roff(out, text, len);
        pf_buf_addc(out, '\n');
        text += len + (text[len] == '\n');
    }
}

static void add_option(struct pf_buf *out, const struct pf_opt *opt)
{
    pf_buf_adds(out, ".TP\n");
    if (opt->letter != 0)
        pf_buf_addf(out, "\\fB\\-%c\\fR, ", opt->letter);
    pf_buf_adds(out, "\\fB\\-\\-");
    add_roffs(out, opt->name);
    pf_buf_adds(out, "\\fR");
    if (opt->arg != NULL) {
        pf_buf_adds(out, "=\\fI");
        add_roffs(out, opt->arg);
        pf_buf_adds(out, "\\fR");
    }
    pf_buf_addc(out, '\n');
    add_roffs(out, opt->text);
    if (opt->dflt != NULL && opt->dflt[0] != '\0') {
        pf_buf_adds(out, " (default: ");
        add_roffs(out, opt->dflt);
        pf_buf_addc(out, ')');
    }
    pf_buf_adds(out, ".\n");
}

static void add_options(struct pf_buf *out, const struct pf_command *cmd)
{
    const struct pf_opt *head = NULL;

    pf_buf_adds(out, ".SH OPTIONS\n");
    while ((head = pf_args_category_next(cmd, head)) != NULL) {
        pf_buf_adds(out, ".SS \"");
        pf_args_add_heading(out, head->category);
        pf_buf_adds(out, "\"\n");
        for (size_t i = 0; i < pf_args_count(cmd); i++)
            if (strcmp(pf_args_opt(cmd, i)->category, head->category) == 0)
                add_option(out, pf_args_opt(cmd, i));
    }
}

static void add_exit_status(struct pf_buf *out, const char *lines)
{
    if (lines == NULL || lines[0] == '\0')
        return;
    pf_buf_adds(out, ".SH \"EXIT STATUS\"\n");
    while (*lines != '\0') {
        size_t len = strcspn(lines, "\n");
        size_t key = strcspn(lines, "\t\n");

        pf_buf_adds(out, ".TP\n\\fB");
        add_roff(out, lines, key);
        pf_buf_adds(out, "\\fR\n");
        if (key < len)
            add_roff(out, lines + key + 1, len - key - 1);
        pf_buf_addc(out, '\n');
        lines += len + (lines[len] == '\n');
    }
}

static void add_examples(struct pf_buf *out, const struct pf_command *cmd)
{
    if (cmd->n_examples > 0)
        pf_buf_adds(out, ".SH EXAMPLES\n");
    for (size_t i = 0; i < cmd->n_examples; i++) {
        pf_buf_adds(out, ".TP\n\\fB");
        add_roffs(out, cmd->examples[i].command);
        pf_buf_adds(out, "\\fR\n");
        add_roffs(out, cmd->examples[i].text);
        pf_buf_addc(out, '\n');
    }
}

void pf_args_man(struct pf_buf *out, const struct pf_command *cmd)
{
    pf_buf_adds(out, ".\\\" Made from the option table of the command; see --print-man.\n.TH ");
    add_upper(out, cmd->name);
    pf_buf_addf(out, " 1 \"%s\" \"%s %s\" \"User Commands\"\n", PF_VERSION_DATE, PF_SUITE, PF_VERSION);
    pf_buf_adds(out, ".SH NAME\n");
    add_roffs(out, cmd->name);
    pf_buf_adds(out, " \\- ");
    add_roffs(out, cmd->summary);
    pf_buf_adds(out, "\n.SH SYNOPSIS\n\\fB");
    add_roffs(out, cmd->name);
    pf_buf_adds(out, "\\fR ");
    add_roffs(out, cmd->usage);
    pf_buf_adds(out, "\n.SH DESCRIPTION\n");
    add_paragraphs(out, cmd->description != NULL ? cmd->description : cmd->summary);
    add_options(out, cmd);
    add_exit_status(out, cmd->exit_status);
    add_examples(out, cmd);
    if (cmd->see_also != NULL) {
        pf_buf_adds(out, ".SH \"SEE ALSO\"\n");
        add_roffs(out, cmd->see_also);
        pf_buf_addc(out, '\n');
    }
}
