export { Marker, Undefined } from "@evenkeel/template";
