package io.github.measuredboot.examples.verifier.web;

import gg.jte.TemplateOutput;
import gg.jte.html.HtmlInterceptor;
import java.util.Map;

/** Templates are written as they are. */
final class NoInterceptor implements HtmlInterceptor {
    @Override
    public void onHtmlTagOpened(String name, Map<String, Object> attributes, TemplateOutput output) {}

    @Override
    public void onHtmlTagClosed(String name, TemplateOutput output) {}
}
