/* json-editor with its plain theme, without the buttons that edit the JSON of every box. */
import { JSONEditor } from "@json-editor/json-editor";
import { loaded, place } from "./load.js";

const [schema, startval] = await loaded();
new JSONEditor(place, { schema, startval, theme: "html", disable_edit_json: true, disable_properties: true });
