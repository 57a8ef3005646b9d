import { sqlMigration } from '@shuzheng/platform';
import {
  archiving,
  classLife,
  enrolmentLife,
  overlapsByPerson,
  overlapsOfOnePerson,
  teachingLife,
} from './schema/class-life.js';
import { classTables } from './schema/classes.js';
import { completionTables } from './schema/completion.js';
import { certificateLife, hoursProofs, reportLife, revocationOfLeavers } from './schema/papers.js';
import { pairsWithTheFirst } from './schema/person-pairs.js';
import { ownRecord, personFunctions, personLife } from './schema/persons.js';
import { announcementLife, planLife } from './schema/plan-life.js';
import { planTables } from './schema/plans.js';
import { rosterTables } from './schema/rosters.js';

export const migrations = [
  sqlMigration(1000, 'CreatePlans', planTables),
  sqlMigration(1001, 'CreateClasses', classTables),
  sqlMigration(1002, 'CreateRosters', rosterTables),
  sqlMigration(1003, 'CreateCompletion', completionTables),
  sqlMigration(1020, 'FollowPlans', planLife),
  sqlMigration(1021, 'FollowAnnouncements', announcementLife),
  sqlMigration(1022, 'FollowPersons', personLife),
  sqlMigration(1023, 'MeetPersonsByEveryNumber', personFunctions),
  sqlMigration(1024, 'ShowOwnRecord', ownRecord),
  sqlMigration(1040, 'FollowClasses', classLife),
  sqlMigration(1041, 'FollowEnrolments', enrolmentLife),
  sqlMigration(1042, 'FollowTeaching', teachingLife),
  sqlMigration(1043, 'FollowTrainingCertificates', certificateLife),
  sqlMigration(1044, 'ProveHours', hoursProofs),
  sqlMigration(1045, 'FollowTrainingReports', reportLife),
  sqlMigration(1046, 'ArchiveClasses', archiving),
  sqlMigration(1047, 'SeatOnePersonOnce', overlapsOfOnePerson),
  sqlMigration(1101, 'RevokeForLeavers', revocationOfLeavers),
  sqlMigration(1102, 'PairWithTheFirst', pairsWithTheFirst),
  sqlMigration(1103, 'FindOverlapsByPerson', overlapsByPerson),
];
