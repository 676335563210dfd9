package org.yuanliu.platform.demo;

import java.util.List;

/**
 * What is traded, by goods code (GB/T 7635.1: meat begins with 2111, vegetables with 012; the other
 * digits are the demonstration's).
 *
 * @param priceFen usual price at retail, fen for a kilogram
 */
record Goods(String code, String name, String nameEn, int priceFen) {
  static final Goods PIG = new Goods("02111101", "生猪", "Live pig", 1_480);
  static final Goods CARCASS = new Goods("21113011", "白条猪肉", "Pork carcass", 1_960);
  static final Goods BELLY = new Goods("21113021", "五花肉", "Pork belly", 2_980);
  static final Goods LEG = new Goods("21113022", "后腿肉", "Pork leg", 2_560);
  static final Goods RIBS = new Goods("21113023", "猪排骨", "Pork ribs", 4_180);
  static final Goods TENDERLOIN = new Goods("21113024", "里脊肉", "Pork tenderloin", 3_360);

  static final Goods CABBAGE = new Goods("01211011", "大白菜", "Chinese cabbage", 220);
  static final Goods TOMATO = new Goods("01231011", "西红柿", "Tomato", 680);
  static final Goods CUCUMBER = new Goods("01231021", "黄瓜", "Cucumber", 560);
  static final Goods CELERY = new Goods("01211021", "芹菜", "Celery", 480);
  static final Goods POTATO = new Goods("01241011", "土豆", "Potato", 340);

  static final List<Goods> CUTS = List.of(BELLY, LEG, RIBS, TENDERLOIN);
  static final List<Goods> ALL =
      List.of(
          PIG, CARCASS, BELLY, LEG, RIBS, TENDERLOIN, CABBAGE, TOMATO, CUCUMBER, CELERY, POTATO);
}
