/* links: pan-finder/detect pan-finder/detect/kernel pan-finder/detect/find pan-finder/detect/wrap pan-finder/finding pan-finder/object pan-finder/base  libs: -lsodium -ljansson */
#include "pan-finder/base/limits.h"
#include "pan-finder/detect/window.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#define OBJECT 20000

/* Judged so far, and what every view must hold. */
static void follow(const struct pf_view *view, const uint8_t *object, size_t *done)
{
    ck_assert_uint_eq(view->offset + view->lo, *done);
    ck_assert(memcmp(view->buf, object + view->offset, view->len) == 0);
    ck_assert(view->first == (view->offset == 0));
    ck_assert(view->offset == 0 || view->lo >= PF_LOOKBEHIND);
    if (view->hi > view->lo && !view->last)
        ck_assert_uint_ge(view->len - (view->hi - 1), PF_LOOKAHEAD);
    *done = (size_t)view->offset + view->hi;
}

static const size_t chunk[] = { 1, 7, 512, 1024, 2048, 2049, 5000, 19999, 20000, 20001, 100000 };

START_TEST(every_byte_is_judged_once)
{
    static uint8_t object[OBJECT];
    struct pf_window window;
    struct pf_view view;
    size_t at = 0, done = 0;

    for (size_t i = 0; i < OBJECT; i++)
        object[i] = (uint8_t)(i * 31 + i / 251);
    ck_assert(pf_window_init(&window, chunk[_i]));
    pf_window_begin(&window);
    while (at < OBJECT) {
        size_t cap, n;
        uint8_t *room = pf_window_room(&window, &cap);

        ck_assert_uint_ge(cap, 1);
        n = 1 + at % 777 < cap ? 1 + at % 777 : cap;
        n = n < OBJECT - at ? n : OBJECT - at;
        memcpy(room, object + at, n);
        at += n;
        if (pf_window_filled(&window, n, &view)) {
            follow(&view, object, &done);
            pf_window_next(&window, &view);
        }
    }
    pf_window_last(&window, &view);
    ck_assert(view.last);
    follow(&view, object, &done);
    ck_assert_uint_eq(done, OBJECT);
    pf_window_release(&window);
}
END_TEST

START_TEST(wiping_leaves_nothing)
{
    struct pf_window window;
    struct pf_view view;

    ck_assert(pf_window_init(&window, 4096));
    for (int i = 0; i < 3; i++) {
        size_t cap;
        uint8_t *room = pf_window_room(&window, &cap);
        size_t n = i < 2 ? cap : 100;

        memset(room, 'x', n);
        if (pf_window_filled(&window, n, &view))
            pf_window_next(&window, &view);
    }
    pf_window_wipe(&window);
    ck_assert_ptr_null(memchr(window.mem, 'x', PF_LOOKBEHIND + PF_LOOKAHEAD + 4096));
    pf_window_release(&window);
}
END_TEST

int main(void)
{
    Suite *suite = suite_create("window");
    TCase *tc = tcase_create("window");
    SRunner *runner = srunner_create(suite);
    int failed;

    tcase_add_loop_test(tc, every_byte_is_judged_once, 0, (int)(sizeof chunk / sizeof chunk[0]));
    tcase_add_test(tc, wiping_leaves_nothing);
    suite_add_tcase(suite, tc);
    srunner_run_all(runner, CK_ENV);
    failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
