/* JSONForms with its plain renderers. They draw no alternatives: every procedure and device is an empty line. */
import { vanillaCells, vanillaRenderers } from "@jsonforms/vanilla-renderers";
import { JsonForms } from "@jsonforms/react";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { loaded, place } from "./load.js";

const Page = ({ schema, given }) => {
  const [data, setData] = useState(given);
  return <JsonForms schema={schema} data={data} renderers={vanillaRenderers} cells={vanillaCells}
    onChange={(change) => setData(change.data)} />;
};

const [schema, given] = await loaded();
createRoot(place).render(<Page schema={schema} given={given} />);
