"""The style sheet of derivations, cards and tables: the theme's colours, with fallbacks for any page."""

STYLE = """
.cnn-equations{--cnn-text:var(--jp-content-font-color1,currentColor);
--cnn-quiet:var(--jp-content-font-color2,color-mix(in srgb,currentColor 72%,transparent));
--cnn-line:var(--jp-border-color2,color-mix(in srgb,currentColor 22%,transparent));
color:var(--cnn-text);max-width:60rem;margin:8px 0;font-size:var(--jp-content-font-size1,1rem);
line-height:1.5;font-family:var(--jp-content-font-family,system-ui,sans-serif)}
.cnn-equations p{margin:4px 0;max-width:42rem}
.cnn-equations math{font-size:1.12em}
.cnn-equations .cnn-head{margin:0 0 8px;display:flex;flex-wrap:wrap;gap:4px 12px;align-items:baseline}
.cnn-equations .cnn-head span{color:var(--cnn-quiet)}
.cnn-equations .cnn-row{display:flex;align-items:center;gap:12px}
.cnn-equations .cnn-math{overflow-x:auto;padding:4px 0;min-width:0}
.cnn-equations .cnn-math math[display=block]{width:max-content;text-align:left}
.cnn-equations .cnn-row .cnn-math{flex:1}
.cnn-equations .cnn-on .cnn-row .cnn-math{padding-left:4rem}
.cnn-equations .cnn-tag{color:var(--cnn-quiet);font-variant-numeric:tabular-nums;white-space:nowrap}
.cnn-equations summary{cursor:pointer;color:var(--cnn-quiet);width:max-content;list-style:none;
border-radius:2px}
.cnn-equations summary::-webkit-details-marker{display:none}
.cnn-equations summary:hover{color:var(--cnn-text)}
.cnn-equations summary:focus-visible{outline:2px solid var(--jp-brand-color1,#0072B2);outline-offset:2px}
.cnn-equations .cnn-asides{display:flex;flex-wrap:wrap;gap:4px 20px;margin:0 0 8px;font-size:.93em}
.cnn-equations .cnn-asides>details[open]{flex-basis:100%;order:1;border-left:2px solid var(--cnn-line);
padding-left:12px}
.cnn-equations .cnn-asides summary::before{content:"▸";display:inline-block;width:1em}
.cnn-equations .cnn-asides details[open]>summary::before{content:"▾"}
.cnn-equations .cnn-next>summary{margin:4px 0;padding:0 12px;line-height:28px;
border:1px solid var(--cnn-line);border-radius:4px;color:var(--cnn-text)}
.cnn-equations .cnn-next[open]>summary{border-color:transparent;padding:0;line-height:20px;
font-size:.8em;color:var(--cnn-quiet)}
.cnn-equations .cnn-count{color:var(--cnn-quiet);margin-left:8px;font-size:.85em}
.cnn-equations details:not([open])>summary>.cnn-less,
.cnn-equations details[open]>summary>.cnn-more,
.cnn-equations details[open]>summary>.cnn-count{display:none}
.cnn-equations .cnn-result{border-top:1px solid var(--cnn-line);margin-top:12px;padding-top:8px}
.cnn-equations .cnn-result p{color:var(--cnn-quiet)}
.cnn-equations .cnn-delta{border-bottom:2px solid #D55E00}
.cnn-equations .cnn-kernel{border-bottom:2px solid #E69F00}
.cnn-equations .cnn-input{border-bottom:2px solid #56B4E9}
.cnn-equations .cnn-badge{white-space:nowrap;border-bottom:3px solid;font-weight:600}
.cnn-equations .cnn-holds{border-color:#009E73}
.cnn-equations .cnn-condition{border-color:#56B4E9}
.cnn-equations .cnn-notation{border-color:#E69F00}
.cnn-equations .cnn-corrected{border-color:#D55E00}
.cnn-equations .cnn-missing{border-color:#CC79A7}
.cnn-equations dl{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:8px 20px;margin:8px 0}
.cnn-equations dt{color:var(--cnn-quiet);font-weight:400}
.cnn-equations dd{margin:0;overflow-x:auto}
.cnn-equations dd math[display=block]{width:max-content;text-align:left}
.cnn-equations.cnn-table{max-width:none;overflow-x:auto}
.cnn-equations table{border-collapse:collapse;width:100%;font-size:.93em}
.cnn-equations th,.cnn-equations td{text-align:left;vertical-align:top;padding:8px 12px 8px 0;
border-bottom:1px solid var(--cnn-line);white-space:normal;background:none}
.cnn-equations td math[display=block]{width:max-content;text-align:left;max-width:100%}
.cnn-equations .cnn-title{display:block;color:var(--cnn-quiet)}
@media(max-width:800px){.cnn-equations .cnn-on .cnn-row .cnn-math{padding-left:1.5rem}}
@media print{.cnn-equations details::details-content{content-visibility:visible;block-size:auto;
display:block}.cnn-equations .cnn-next>summary{display:none}.cnn-equations .cnn-line{break-inside:avoid}}
"""
