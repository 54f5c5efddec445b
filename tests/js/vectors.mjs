// Cases that Python made with cnnlib.geometry and cnnlib.ops in the same test run.
import { readFileSync } from "node:fs";

const path = process.env.CNNLIB_VECTORS;
if (!path) throw new Error("CNNLIB_VECTORS is not set: run these tests through pytest tests/test_js.py");

export const vectors = JSON.parse(readFileSync(path, "utf8"));
