package io.github.measuredboot.examples.verifier.web;

import gg.jte.html.HtmlInterceptor;
import gg.jte.html.HtmlTemplateOutput;
import io.github.measuredboot.cli.html.PageOutput;
import io.javalin.http.Context;
import java.io.StringWriter;

/** Writes a page, with what a browser must not do with it. */
final class Html {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A template with its parameters. */
    interface Template {
        void render(HtmlTemplateOutput out, HtmlInterceptor interceptor);
    }

    private Html() {}

    static void write(Context ctx, int status, Template template) {
        StringWriter page = new StringWriter();
        template.render(new PageOutput(page), null); // jte would call it for tags that it was told of
        ctx.header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .header("X-Frame-Options", "DENY")
                .header("Cross-Origin-Opener-Policy", "same-origin")
                .status(status)
                .html(page.toString());
    }
}
