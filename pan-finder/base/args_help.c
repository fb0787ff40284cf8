/* args_help.c - --help, see args.h. */
#include "pan-finder/base/args_table.h"

#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define HELP_COLUMN_MAX 30       /* longer option names put their text on the next line */
#define HELP_WIDTH_DEFAULT 80
#define HELP_WIDTH_MIN 50
#define HELP_WIDTH_MAX 100       /* longer lines are hard to read */

static size_t terminal_width(void)
{
    struct winsize size;

    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return HELP_WIDTH_DEFAULT;
    if (size.ws_col < HELP_WIDTH_MIN)
        return HELP_WIDTH_MIN;
    return size.ws_col > HELP_WIDTH_MAX ? HELP_WIDTH_MAX : size.ws_col;
}

static void add_spaces(struct pf_buf *out, size_t n)
{
    while (n-- > 0)
        pf_buf_addc(out, ' ');
}

/* Appends words, broken between them so that no line passes `width`; the first
 * line goes on at column `at`, the others start at column `indent`. A tab is a
 * space that is not broken at. */
static void add_wrapped(struct pf_buf *out, const char *text, size_t at, size_t indent, size_t width)
{
    bool first = true;

    while (*text != '\0') {
        size_t len = strcspn(text, " \n");

        if (!first && at + 1 + len > width) {
            pf_buf_addc(out, '\n');
            add_spaces(out, indent);
            at = indent;
        } else if (!first) {
            pf_buf_addc(out, ' ');
            at++;
        }
        for (size_t i = 0; i < len; i++)
            pf_buf_addc(out, text[i] == '\t' ? ' ' : text[i]);
        at += len;
        first = false;
        text += len;
        text += strspn(text, " \n");
    }
    pf_buf_addc(out, '\n');
}

/* "  -j, --jobs=N"; returns its width. */
static size_t add_option_name(struct pf_buf *out, const struct pf_opt *opt)
{
    size_t before = out->len;

    if (opt->letter != 0)
        pf_buf_addf(out, "  -%c, --%s", opt->letter, opt->name);
    else
        pf_buf_addf(out, "      --%s", opt->name);
    if (opt->arg != NULL)
        pf_buf_addf(out, "=%s", opt->arg);
    return out->len - before;
}

static void add_option(struct pf_buf *out, const struct pf_opt *opt, size_t column, size_t width)
{
    struct pf_buf text = PF_BUF_INIT;
    size_t at = add_option_name(out, opt);

    pf_buf_adds(&text, opt->text);
    if (opt->dflt != NULL && opt->dflt[0] != '\0')
        pf_buf_addf(&text, " [default:\t%s]", opt->dflt);
    if (at + 2 > column) {
        pf_buf_addc(out, '\n');
        at = 0;
    }
    add_spaces(out, column - at);
    if (!pf_buf_failed(&text))
        add_wrapped(out, text.data, column, column, width);
    pf_buf_release(&text);
}

static size_t text_column(const struct pf_command *cmd)
{
    struct pf_buf name = PF_BUF_INIT;
    size_t widest = 0;

    for (size_t i = 0; i < pf_args_count(cmd); i++) {
        size_t n = add_option_name(&name, pf_args_opt(cmd, i));
        if (n > widest && n + 2 <= HELP_COLUMN_MAX)
            widest = n;
    }
    pf_buf_release(&name);
    return widest + 2;
}

static void add_options(struct pf_buf *out, const struct pf_command *cmd, size_t width)
{
    size_t column = text_column(cmd);
    const struct pf_opt *head = NULL;

    while ((head = pf_args_category_next(cmd, head)) != NULL) {
        pf_buf_addc(out, '\n');
        pf_args_add_heading(out, head->category);
        pf_buf_adds(out, ":\n");
        for (size_t i = 0; i < pf_args_count(cmd); i++)
            if (strcmp(pf_args_opt(cmd, i)->category, head->category) == 0)
                add_option(out, pf_args_opt(cmd, i), column, width);
    }
}

static void add_exit_status(struct pf_buf *out, const char *lines, size_t width)
{
    pf_buf_adds(out, "\nExit status:\n");
    while (*lines != '\0') {
        struct pf_buf text = PF_BUF_INIT;
        size_t len = strcspn(lines, "\n");
        size_t key = strcspn(lines, "\t\n");

        add_spaces(out, 2);
        pf_buf_add(out, lines, key);
        add_spaces(out, key < 3 ? 3 - key : 1);
        if (key < len)
            pf_buf_add(&text, lines + key + 1, len - key - 1);
        if (text.data != NULL)
            add_wrapped(out, text.data, 5, 5, width);
        pf_buf_release(&text);
        lines += len + (lines[len] == '\n');
    }
}

void pf_args_help(struct pf_buf *out, const struct pf_command *cmd)
{
    size_t width = terminal_width();

    pf_buf_addf(out, "%s: ", cmd->name);
    add_wrapped(out, cmd->summary, strlen(cmd->name) + 2, 0, width);
    pf_buf_addf(out, "\nUsage: %s %s\n", cmd->name, cmd->usage);
    for (size_t i = 0; i < cmd->n_examples; i++) {
        pf_buf_addf(out, "%s  %s\n      ", i == 0 ? "\nExamples:\n" : "", cmd->examples[i].command);
        add_wrapped(out, cmd->examples[i].text, 6, 6, width);
    }
    add_options(out, cmd, width);
    if (cmd->exit_status != NULL && cmd->exit_status[0] != '\0')
        add_exit_status(out, cmd->exit_status, width);
}
