/* args_completion.c - completion scripts of a command, see args.h. */
#include "pan-finder/base/args_table.h"

#include <string.h>

/* What can follow an option. */
enum value_kind { VALUE_NONE, VALUE_WORDS, VALUE_FILE, VALUE_DIR, VALUE_OTHER };

static enum value_kind value_kind(const struct pf_opt *opt)
{
    if (opt->arg == NULL)
        return VALUE_NONE;
    if (strchr(opt->arg, '|') != NULL)
        return VALUE_WORDS;
    if (strcmp(opt->arg, "FILE") == 0)
        return VALUE_FILE;
    return strcmp(opt->arg, "DIR") == 0 ? VALUE_DIR : VALUE_OTHER;
}

/* "a|b|c" as "a b c". */
static void add_words(struct pf_buf *out, const char *choices)
{
    for (; *choices != '\0'; choices++)
        pf_buf_addc(out, *choices == '|' ? ' ' : *choices);
}

/* The command's name as part of a shell identifier. */
static void add_identifier(struct pf_buf *out, const char *name)
{
    for (; *name != '\0'; name++)
        pf_buf_addc(out, *name == '-' ? '_' : *name);
}

/* Text inside single quotes; characters of `special` get a backslash. */
static void add_quoted(struct pf_buf *out, const char *text, const char *special)
{
    for (; *text != '\0'; text++) {
        if (*text == '\'') {
            pf_buf_adds(out, "'\\''");
            continue;
        }
        if (strchr(special, *text) != NULL)
            pf_buf_addc(out, '\\');
        pf_buf_addc(out, *text);
    }
}

static void add_bash_value(struct pf_buf *out, const struct pf_opt *opt)
{
    if (opt->letter != 0)
        pf_buf_addf(out, "    -%c|--%s) ", opt->letter, opt->name);
    else
        pf_buf_addf(out, "    --%s) ", opt->name);
    switch (value_kind(opt)) {
    case VALUE_WORDS:
        pf_buf_adds(out, "mapfile -t COMPREPLY < <(compgen -W '");
        add_words(out, opt->arg);
        pf_buf_adds(out, "' -- \"$cur\")");
        break;
    case VALUE_FILE:
        pf_buf_adds(out, "mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")");
        break;
    case VALUE_DIR:
        pf_buf_adds(out, "mapfile -t COMPREPLY < <(compgen -d -- \"$cur\")");
        break;
    default:
        pf_buf_adds(out, "COMPREPLY=()");
        break;
    }
    pf_buf_adds(out, "; return ;;\n");
}

/* Readline splits --name=value at '=': the value is completed from the word before. */
static void add_bash(struct pf_buf *out, const struct pf_command *cmd)
{
    pf_buf_addc(out, '_');
    add_identifier(out, cmd->name);
    pf_buf_adds(out, "()\n{\n"
                     "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]}\n"
                     "    if [[ $cur == '=' ]]; then\n"
                     "        cur=\n"
                     "    elif [[ $prev == '=' ]]; then\n"
                     "        prev=${COMP_WORDS[COMP_CWORD-2]}\n"
                     "    fi\n"
                     "    case $prev in\n");
    for (size_t i = 0; i < pf_args_count(cmd); i++)
        if (pf_args_opt(cmd, i)->arg != NULL)
            add_bash_value(out, pf_args_opt(cmd, i));
    pf_buf_adds(out, "    esac\n"
                     "    if [[ $cur == -* ]]; then\n"
                     "        mapfile -t COMPREPLY < <(compgen -W '");
    for (size_t i = 0; i < pf_args_count(cmd); i++) {
        const struct pf_opt *opt = pf_args_opt(cmd, i);
        pf_buf_addf(out, "%s--%s%s", i == 0 ? "" : " ", opt->name, opt->arg != NULL ? "=" : "");
    }
    pf_buf_adds(out, "' -- \"$cur\")\n"
                     "        [[ ${COMPREPLY[0]-} == *= ]] && compopt -o nospace\n"
                     "    else\n"
                     "        mapfile -t COMPREPLY < <(compgen -f -- \"$cur\")\n"
                     "    fi\n"
                     "}\ncomplete -o filenames -F _");
    add_identifier(out, cmd->name);
    pf_buf_addf(out, " %s\n", cmd->name);
}

static void add_zsh_option(struct pf_buf *out, const struct pf_opt *opt)
{
    const char *equals = opt->arg != NULL ? "=" : "";

    if (opt->letter != 0)
        pf_buf_addf(out, "    '*'{-%c%s,--%s%s}'[", opt->letter, opt->arg != NULL ? "+" : "",
                    opt->name, equals);
    else
        pf_buf_addf(out, "    '*--%s%s[", opt->name, equals);
    add_quoted(out, opt->text, "[]:\\");
    pf_buf_addc(out, ']');
    if (opt->arg != NULL) {
        enum value_kind kind = value_kind(opt);
        pf_buf_addf(out, ":%s:", kind == VALUE_WORDS ? "word" : opt->arg);
        if (kind == VALUE_WORDS) {
            pf_buf_addc(out, '(');
            add_words(out, opt->arg);
            pf_buf_addc(out, ')');
        } else if (kind != VALUE_OTHER) {
            pf_buf_adds(out, kind == VALUE_DIR ? "_files -/" : "_files");
        }
    }
    pf_buf_adds(out, "' \\\n");
}

static void add_zsh(struct pf_buf *out, const struct pf_command *cmd)
{
    pf_buf_addf(out, "#compdef %s\n_arguments -S \\\n", cmd->name);
    for (size_t i = 0; i < pf_args_count(cmd); i++)
        add_zsh_option(out, pf_args_opt(cmd, i));
    pf_buf_adds(out, "    '*:path:_files'\n");
}

static void add_fish(struct pf_buf *out, const struct pf_command *cmd)
{
    for (size_t i = 0; i < pf_args_count(cmd); i++) {
        const struct pf_opt *opt = pf_args_opt(cmd, i);
        enum value_kind kind = value_kind(opt);

        pf_buf_addf(out, "complete -c %s -l %s", cmd->name, opt->name);
        if (opt->letter != 0)
            pf_buf_addf(out, " -s %c", opt->letter);
        if (kind == VALUE_FILE)
            pf_buf_adds(out, " -r -F");
        else if (kind == VALUE_DIR)
            pf_buf_adds(out, " -x -a '(__fish_complete_directories)'");
        else if (kind != VALUE_NONE)
            pf_buf_adds(out, " -x");
        if (kind == VALUE_WORDS) {
            pf_buf_adds(out, " -a '");
            add_words(out, opt->arg);
            pf_buf_addc(out, '\'');
        }
        pf_buf_adds(out, " -d '");
        add_quoted(out, opt->text, "\\");
        pf_buf_adds(out, "'\n");
    }
}

bool pf_args_completion(struct pf_buf *out, const struct pf_command *cmd, const char *shell)
{
    static const struct {
        const char *shell;
        void (*add)(struct pf_buf *out, const struct pf_command *cmd);
    } row[] = { { "bash", add_bash }, { "zsh", add_zsh }, { "fish", add_fish } };

    for (size_t i = 0; i < sizeof row / sizeof row[0]; i++) {
        if (strcmp(row[i].shell, shell) == 0) {
            row[i].add(out, cmd);
            return true;
        }
    }
    return false;
}
