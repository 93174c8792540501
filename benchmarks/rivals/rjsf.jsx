/* react-jsonschema-form 6 with its plain theme; it validates when the form is sent, its fastest way. */
import Form from "@rjsf/core";
import validator from "@rjsf/validator-ajv8/lib/index.js";
import { useState } from "react";
import { createRoot } from "react-dom/client";
import { loaded, place } from "./load.js";

const Page = ({ schema, given }) => {
  const [data, setData] = useState(given);
  return <Form schema={schema} formData={data} validator={validator} onChange={(change) => setData(change.formData)} />;
};

const [schema, given] = await loaded();
createRoot(place).render(<Page schema={schema} given={given} />);
