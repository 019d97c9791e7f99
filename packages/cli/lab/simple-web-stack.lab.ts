import { testWebStack } from "./web-stack.ts";

testWebStack("trixie", "mariadb");
