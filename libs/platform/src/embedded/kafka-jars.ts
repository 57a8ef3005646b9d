import { available, fetched, jarsUnder, type Recipe, recipeFolder } from './java-jars.js';

export const recipe = recipeFolder('kafka');
const kafka: Recipe = { folder: recipe, title: 'Kafka 4.3.1', megabytes: 43, jars: jarsUnder('kafka-4.3.1') };

export const kafkaAvailable = () => available(kafka);
export const kafkaJars = (log: (line: string) => void) => fetched(kafka, log);
