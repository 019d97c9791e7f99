export function parseClock(text: string) {
  const [local = "", utc = "", winter = "", summer = ""] = text.split("\n");
  const [
    epoch = "",
    year = "",
    month = "",
    day = "",
    hour = "",
    minute = "",
    second = "",
    weekday = "",
    weekdayNumber = "",
    week = "",
    offset = "",
    zone = "",
  ] = local.split(" ");
  const [date, time] = [`${year}-${month}-${day}`, `${hour}:${minute}:${second}`];
  const basic = `${year}${month}${day}T${hour}${minute}${second}`;
  return {
    date_time: {
      ...{ date, day, epoch, epoch_int: epoch, hour, minute, month, second, time, year },
      ...{
        iso8601: `${utc}Z`,
        iso8601_micro: `${utc}.000000Z`,
        iso8601_basic: `${basic}000000`,
        iso8601_basic_short: basic,
      },
      ...{ tz: zone, tz_dst: daylight(winter, summer), tz_offset: offset },
      ...{ weekday, weekday_number: weekdayNumber, weeknumber: week },
    },
  };
}

/** The zone's name in the half of the year that is ahead of the other. */
function daylight(winter: string, summer: string): string {
  const [[one = "", oneOffset = "+0000"], [other = "", otherOffset = "+0000"]] = [winter.split(" "), summer.split(" ")];
  return Number(otherOffset) >= Number(oneOffset) ? other : one;
}
