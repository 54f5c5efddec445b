"""How a report looks: the colours and marks of the course's visual language."""

STYLE = """
.cnnlib-report{--line:color-mix(in srgb,currentColor 28%,transparent);
 --soft:color-mix(in srgb,currentColor 68%,transparent);
 color:var(--jp-content-font-color1,inherit);background:none;max-width:960px;
 font:14px/1.45 var(--jp-content-font-family,system-ui,sans-serif);margin:4px 0 8px}
.cnnlib-report *{box-sizing:border-box}
.cnnlib-report p{margin:0 0 4px;font-size:14px;line-height:1.45}
.cnnlib-report code,.cnnlib-report pre{font:13px/1.4 var(--jp-code-font-family,
 ui-monospace,monospace);
 background:none;color:inherit;padding:0}
.cnnlib-report header{display:flex;flex-wrap:wrap;align-items:center;gap:8px;margin:0;
 font-size:15px;font-weight:600}
.cnnlib-report header code{font-size:14px;font-weight:600}
.cnnlib-report header span:last-child{font-weight:400}
.cnnlib-report .sign{flex:none;width:24px;height:24px;line-height:22px;text-align:center;
 border:1.5px solid currentColor;border-radius:50%;font-weight:700;font-size:14px}
.cnnlib-report[data-state=passed] .sign{background:#009E7340;border-color:#009E73}
.cnnlib-report[data-state=failed] .sign{border-radius:4px;border-style:dashed}
.cnnlib-report[data-state=open] .sign{border-style:dotted}
.cnnlib-report .note{margin:12px 0 0;font-weight:600;overflow-wrap:anywhere}
.cnnlib-report .case{margin:12px 0 8px}
.cnnlib-report .row{display:flex;flex-wrap:wrap;align-items:flex-start;gap:12px 20px}
.cnnlib-report>.row{gap:12px 48px}
.cnnlib-report .group>p{margin:0 0 4px;font-size:12px;color:var(--soft)}
.cnnlib-report figure{margin:0}
.cnnlib-report figcaption{font-size:13px;font-weight:600;margin:0 0 2px 3px}
.cnnlib-report figure>span:not(.told){padding:6px 3px;display:inline-block}
.cnnlib-report .told{display:block;font-size:12px;margin:2px 0 0 3px;color:var(--soft)}
.cnnlib-report .sheets{display:flex;flex-wrap:wrap;gap:8px 12px;align-items:flex-start}
.cnnlib-report table{border-collapse:separate!important;border-spacing:2px!important;
 margin:2.5px!important;border:1.5px solid var(--line)!important;
 background:none;table-layout:auto;width:auto;
 font-size:14px;color:inherit}
.cnnlib-report caption{caption-side:top;font-size:12px;text-align:left;color:var(--soft);
 padding:0 0 2px}
.cnnlib-report tr{background:none!important}
.cnnlib-report td{position:relative;min-width:36px;height:32px;padding:4px 8px!important;
 text-align:center!important;vertical-align:middle;white-space:nowrap;
 border:1px solid transparent!important;
 font-variant-numeric:tabular-nums;background:var(--tint,transparent);color:inherit}
.cnnlib-report [data-role=input]{--tint:#56B4E930;border:1.5px solid #56B4E9!important}
.cnnlib-report [data-role=kernel]{--tint:#E69F0030;border:1.5px solid #E69F00!important;
 border-radius:8px}
.cnnlib-report [data-role=kernel] td{border-radius:6px}
.cnnlib-report [data-role=output]{--tint:#009E732b;border:4px double #009E73!important;
 margin:0!important}
.cnnlib-report [data-role=delta]{--tint:#D55E0026;border:1.5px solid #D55E00!important}
.cnnlib-report [data-role=delta] td:not([data-wrong])::before{content:"";position:absolute;
 left:0;top:0;
 border:solid transparent;border-width:7px 7px 0 0;border-top-color:#D55E00}
.cnnlib-report [data-role=gradient]{--tint:#CC79A72b;border:1.5px solid #CC79A7!important}
.cnnlib-report [data-role=gradient] td:not([data-wrong]){text-decoration:underline;
 text-decoration-color:#CC79A7;text-decoration-thickness:2px;text-underline-offset:4px}
.cnnlib-report [data-wrong]{border:2px dashed currentColor!important;font-weight:700;
 padding-right:18px!important;background:repeating-linear-gradient(135deg,
 color-mix(in srgb,currentColor 13%,transparent) 0 2px,transparent 2px 7px)!important}
.cnnlib-report [data-wrong]::after{content:"≠";position:absolute;right:3px;top:0;font-size:12px;
 line-height:16px;font-weight:700}
.cnnlib-report ul{display:flex;flex-wrap:wrap;gap:6px;list-style:none;margin:0!important;
 padding:0 3px!important;
 max-width:420px}
.cnnlib-report li{position:relative;padding:2px 8px;margin:0;border:2px solid var(--line);
 border-radius:4px;
 font-variant-numeric:tabular-nums}
.cnnlib-report .spoken{position:absolute;width:1px;height:1px;overflow:hidden;
 clip-path:inset(50%);
 white-space:nowrap}
.cnnlib-report .hint{margin:12px 0 0;padding:8px 12px;border-left:4px solid #0072B2;
 background:color-mix(in srgb,#56B4E9 12%,transparent);max-width:720px}
.cnnlib-report .hint p{max-width:66ch}
.cnnlib-report .hint>p:last-of-type{margin:0}
.cnnlib-report .slug{margin-left:6px;padding:1px 6px;border:1px solid var(--line);
 border-radius:3px;
 font-size:12px;font-weight:400;color:var(--soft)}
.cnnlib-report details{margin-top:8px}
.cnnlib-report summary{cursor:pointer;width:max-content;font-size:13px}
.cnnlib-report summary:focus-visible{outline:2px solid #0072B2;outline-offset:2px}
.cnnlib-report details p,.cnnlib-report details pre{margin:4px 0 0}
.cnnlib-report pre{white-space:pre-wrap;overflow-wrap:anywhere;padding-left:12px;
 border-left:2px solid var(--line)}
@media print{.cnnlib-report{break-inside:avoid}}
""".replace("\n", "")
